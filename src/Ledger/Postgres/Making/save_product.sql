insert into podengine.products (
    job_id, image_index, product_type, platform, shop_id, external_id, title, price_cents, state, url, fault_code, fault_message, token, saved_at)
values (
    @job, @image_index, @product_type, @platform, @shop_id, @external_id::text, @title, @price_cents, @state, @url::text, @fault_code::text,
    @fault_message::text, @token, @now)
on conflict (job_id, image_index, product_type, platform) do update set
    shop_id = excluded.shop_id,
    external_id = excluded.external_id,
    title = excluded.title,
    price_cents = excluded.price_cents,
    state = excluded.state,
    url = excluded.url,
    fault_code = excluded.fault_code,
    fault_message = excluded.fault_message,
    token = excluded.token,
    saved_at = excluded.saved_at
