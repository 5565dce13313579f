// usage: child.mjs PEER install|produce|work SETTINGS-AS-JSON
//
// One process of a measurement. Orders come in as lines of JSON, answers go out as lines of JSON, the same words that the C# side
// (Queue.Bench, folder Roles) speaks. The input's end ends the process. A job carries one number, {"n": …}.
import { createInterface } from 'node:readline'

const [peerName, role, text] = process.argv.slice(2)
const settings = JSON.parse(text)
const peer = await import(`./${peerName}.mjs`)

// The clock all processes of the machine share.
const micros = () => Number(process.hrtime.bigint() / 1000n)
const say = answer => process.stdout.write(JSON.stringify(answer) + '\n')
const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

const orders = createInterface({ input: process.stdin })
orders.on('close', () => process.exit(0))
const roles = { install, produce, work }
await roles[role]()

async function install () {
  await peer.install(settings.url, settings)
  say({ answer: 'done' })
  process.exit(0)
}

async function produce () {
  const producer = await peer.produce(settings.url)
  const doing = {
    // count jobs numbered from `from`, perCall of them in a call.
    bulk: async ({ from, count, perCall, delaySeconds }) => {
      const calls = []
      for (let at = from; at < from + count; at += perCall) {
        calls.push(Array.from({ length: Math.min(perCall, from + count - at) }, (_, i) => at + i))
      }
      const began = micros()
      for (const numbers of calls) await producer.many(numbers, { delaySeconds })
      return { count, elapsedMicros: micros() - began }
    },
    // So many clients, each inserting one job after the other.
    single: async ({ clients, seconds }) => {
      const began = micros()
      const ends = began + seconds * 1e6
      let count = 0
      await Promise.all(Array.from({ length: clients }, async () => {
        while (micros() < ends) {
          await producer.one(++count)
        }
      }))
      return { count, elapsedMicros: micros() - began }
    },
    // At a rate, perCall jobs in a call; a job's number is 100 × the moment of its call + its place in the call.
    paced: async ({ ratePerSecond, perCall, seconds }) => {
      const interval = 1000 * perCall / ratePerSecond
      const began = performance.now()
      const calls = []
      let count = 0
      for (let i = 0; i * interval < seconds * 1000; i++) {
        const due = began + (i + Math.random()) * interval
        const wait = due - performance.now()
        if (wait > 0) await sleep(wait)
        const now = micros()
        count += perCall
        calls.push(perCall === 1
          ? producer.one(now * 100)
          : producer.many(Array.from({ length: perCall }, (_, place) => now * 100 + place), {}))
      }
      await Promise.all(calls)
      return { count, elapsedMicros: Math.round((performance.now() - began) * 1000) }
    }
  }
  say({ answer: 'ready' })
  for await (const line of orders) {
    const order = JSON.parse(line)
    if (order.order === 'stop') break
    say({ answer: 'done', ...await doing[order.order](order) })
  }
  await producer.end()
  say({ answer: 'stopped' })
  process.exit(0)
}

async function work () {
  let numbers = []
  let starts = []
  let first = 0
  let told = 0
  const timed = settings.timed === true
  const consumer = peer.consumer(settings.url, settings, n => {
    if (first === 0) first = micros()
    numbers.push(n)
    if (timed) starts.push(micros())
  })
  setInterval(() => {
    if (numbers.length !== told) {
      told = numbers.length
      say({ answer: 'handled', count: told, firstMicros: first })
    }
  }, 20)
  say({ answer: 'ready' })
  for await (const line of orders) {
    const { order } = JSON.parse(line)
    if (order === 'stop') break
    if (order === 'go') {
      await consumer.start()
      say({ answer: 'done' })
    }
    if (order === 'rest') {
      await consumer.stop()
      numbers = []
      starts = []
      first = told = 0
      say({ answer: 'handled', count: 0, firstMicros: 0 })
      say({ answer: 'done' })
    }
    if (order === 'report') say({ answer: 'report', count: numbers.length, firstMicros: first, numbers, starts })
  }
  await consumer.stop()
  say({ answer: 'stopped' })
  process.exit(0)
}
