// pg-boss as its documentation says to use it, behind the few calls that child.mjs makes of every queue.
import { PgBoss } from 'pg-boss'

const queue = 'bench'

// settings.notify: tell workers of new jobs by NOTIFY.
export async function install (url, settings) {
  const boss = await begin(url, {})
  await boss.createQueue(queue, { notify: settings.notify === true })
  await boss.stop()
}

export async function produce (url) {
  const boss = await begin(url, {})
  return {
    many: (numbers, { delaySeconds }) =>
      boss.insert(queue, numbers.map(n => delaySeconds ? { data: { n }, startAfter: delaySeconds } : { data: { n } })),
    one: n => boss.send(queue, { n }),
    end: () => boss.stop()
  }
}

// settings: concurrency (fetching loops), batchSize (jobs per fetch), pollSeconds, burst (fetch on while fetches come back full), notify.
export function consumer (url, settings, handle) {
  let boss
  const options = { localConcurrency: settings.concurrency }
  if (settings.batchSize) options.batchSize = settings.batchSize
  if (settings.pollSeconds) options.pollingIntervalSeconds = settings.pollSeconds
  if (settings.burst) options.burstWhenBatchFull = true
  return {
    start: async () => {
      boss = await begin(url, settings.notify ? { useListenNotify: true } : {})
      await boss.work(queue, options, async jobs => {
        for (const job of jobs) handle(job.data.n)
      })
    },
    stop: () => boss?.stop()
  }
}

async function begin (url, options) {
  const boss = new PgBoss({ connectionString: url, ...options })
  boss.on('error', fault => console.error(fault))
  await boss.start()
  return boss
}
