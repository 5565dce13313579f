-- Announces a purchase, unless it is known.
insert into podengine.purchases (job_id, step, item, state, request, token, begun_at, settles_at)
values (@job, @step, @item, 'begun', @request, @token, @now, @now::timestamptz + @settles)
on conflict (job_id, step, item) do nothing
