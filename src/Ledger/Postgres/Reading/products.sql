select image_index, product_type, platform, shop_id, external_id, title, price_cents, state, url, fault_code, fault_message
from podengine.products
where job_id = @job
order by image_index, product_type collate "C", platform collate "C"
