-- Records what a purchase got. A settled one stays as it is.
update podengine.purchases
set state = 'settled', result = @result, gpu_millis = @gpu_millis, usd_micros = @usd_micros, token = @token, settled_at = @now
where job_id = @job and step = @step and item = @item and state = 'begun'
