select step, item, state, request, remote_id, result, repeats, gpu_millis, usd_micros, settles_at
from podengine.purchases
