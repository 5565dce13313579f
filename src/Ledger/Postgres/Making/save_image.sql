insert into podengine.images (
    job_id, index, title, description, tags, prompt, seed, provenance, sha256, bytes, media_type, fault_code, token, saved_at)
values (
    @job, @index, @title, @description, @tags, @prompt, @seed, @provenance, @sha256::text, @bytes::bigint, @media_type::text, @fault_code::text, @token, @now)
on conflict (job_id, index) do update set
    title = excluded.title,
    description = excluded.description,
    tags = excluded.tags,
    prompt = excluded.prompt,
    seed = excluded.seed,
    provenance = excluded.provenance,
    sha256 = excluded.sha256,
    bytes = excluded.bytes,
    media_type = excluded.media_type,
    fault_code = excluded.fault_code,
    token = excluded.token,
    saved_at = excluded.saved_at
