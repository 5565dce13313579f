-- A purchase that certainly was not made is forgotten; of a repeated one only the last repeat was not made.
with forgotten as (
    delete from podengine.purchases
    where job_id = @job and step = @step and item = @item and state = 'begun' and repeats = 0
)
update podengine.purchases
set repeats = repeats - 1, token = @token
where job_id = @job and step = @step and item = @item and state = 'begun' and repeats > 0
