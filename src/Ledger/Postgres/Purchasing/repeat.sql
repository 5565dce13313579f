-- Announces once more a purchase whose outcome is unknown.
update podengine.purchases
set request = @request, repeats = repeats + 1, token = @token, settles_at = @now::timestamptz + @settles
where job_id = @job and step = @step and item = @item and state = 'begun'
