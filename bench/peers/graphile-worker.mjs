// graphile-worker as its documentation says to use it, behind the few calls that child.mjs makes of every queue.
import { Logger, makeWorkerUtils, run, runMigrations } from 'graphile-worker'

const task = 'bench'
// Its default logger writes a line for every job.
const logger = new Logger(() => () => {})

export async function install (url) {
  await runMigrations({ connectionString: url, logger })
}

export async function produce (url) {
  const utils = await makeWorkerUtils({ connectionString: url, logger })
  return {
    many: (numbers, { delaySeconds }) =>
      utils.addJobs(numbers.map(n => ({ identifier: task, payload: { n }, runAt: later(delaySeconds) }))),
    one: n => utils.addJob(task, { n }),
    end: () => utils.release()
  }
}

// settings: concurrency, localQueue (jobs fetched at once; none: each slot asks for itself), batchDelayMs (gathers completions so long; none:
// each job is completed by itself).
export function consumer (url, settings, handle) {
  let runner
  const worker = { concurrentJobs: settings.concurrency }
  if (settings.localQueue) worker.localQueue = { size: settings.localQueue }
  if (settings.batchDelayMs !== undefined) {
    worker.completeJobBatchDelay = settings.batchDelayMs
    worker.failJobBatchDelay = settings.batchDelayMs
  }
  return {
    start: async () => {
      runner = await run({
        connectionString: url,
        concurrency: settings.concurrency,
        preset: { worker },
        taskList: { [task]: ({ n }) => handle(n) },
        parsedCronItems: [],
        noHandleSignals: true,
        logger
      })
    },
    stop: () => runner?.stop()
  }
}

function later (seconds) {
  return seconds ? new Date(Date.now() + seconds * 1000) : undefined
}
