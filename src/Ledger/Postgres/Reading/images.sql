select index, title, description, tags, prompt, seed, provenance, sha256, bytes, media_type, fault_code
from podengine.images
where job_id = @job
order by index
