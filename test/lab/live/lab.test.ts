import { execFile } from 'node:child_process'
import { Socket as UdpSocket } from 'node:dgram'
import { connect, Server, Socket } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Lab, startLab } from '#lab/lab.ts'
import { demoWorld } from '../../../fixtures/worlds/demo.ts'
import { ask, statusOf } from './ask.ts'
import { addressOf, edgeAddress, https, open, site, worldOf } from './worlds.ts'

const execFileAsync = promisify(execFile)

afterEach(() => vi.restoreAllMocks())

const small = worldOf(site('free', { admits: [open(443)], listeners: [https] }))

const within = async <T>(use: (lab: Lab) => Promise<T>): Promise<T> => {
  const lab = await startLab(small)
  try {
    return await use(lab)
  } finally {
    await lab.close()
  }
}

const refused = (host: string, port: number): Promise<string> =>
  new Promise(told => {
    const socket = connect(port, host, () => {
      socket.destroy()
      told('connected')
    })
    socket.on('error', (error: NodeJS.ErrnoException) => told(error.code ?? ''))
  })

describe('the map of routes', () => {
  test('leads from an address and port of the world to a live port of loopback', () =>
    within(async lab => {
      const { host, port } = lab.route(addressOf(small, 'free'), 443)
      expect(host).toBe('127.0.0.1')
      expect(await refused(host, port)).toBe('connected')
    }))

  test('leads to a refusal wherever the world has no door', () =>
    within(async lab => {
      const places = [
        lab.route(addressOf(small, 'free'), 8443),
        lab.route('203.0.113.250', 443),
        lab.route('8.8.8.8', 443),
        lab.route('::1', 443),
        lab.route('127.0.0.1', 22),
      ]
      for (const { host, port } of places)
        expect([host, await refused(host, port)]).toEqual(['127.0.0.1', 'ECONNREFUSED'])
    }))

  test('tells the edge from the origins', () =>
    within(async lab => {
      const edge = lab.route(edgeAddress(small), 443).port
      expect(edge).not.toBe(lab.route(addressOf(small, 'free'), 443).port)
      expect(lab.route(edgeAddress(small), 80).port).not.toBe(edge)
    }))
})

describe('the laboratory', () => {
  test('listens on 127.0.0.1 alone, and connects nowhere else', async () => {
    const listens = vi.spyOn(Server.prototype, 'listen')
    const binds = vi.spyOn(UdpSocket.prototype, 'bind')
    const connects = vi.spyOn(Socket.prototype, 'connect')
    await within(lab =>
      ask({ lab, to: [edgeAddress(small), 443], tls: true, host: 'free.example.com' }).then(told =>
        expect(told.status).toBe(200),
      ),
    )
    expect(listens.mock.calls.length).toBeGreaterThan(4)
    for (const args of listens.mock.calls) expect(args).toContain('127.0.0.1')
    expect(binds.mock.calls.map(([, host]) => host)).toEqual(['127.0.0.1'])
    const targets = connects.mock.calls.map(call => JSON.stringify(call.flat()[0]))
    expect(targets).toHaveLength(2)
    for (const target of targets) expect(target).toContain('"host":"127.0.0.1"')
  })

  test('refuses every connection once it is closed, and ends those that were kept open', async () => {
    const lab = await startLab(small)
    const { host, port } = lab.route(addressOf(small, 'free'), 443)
    // Of a TLS server, and silent: not even the handshake begins.
    const idle = connect(port, host)
    idle.on('error', () => undefined)
    await new Promise(ready => idle.once('connect', ready))
    const gone = new Promise(done => idle.once('close', done))
    await lab.close()
    await gone
    expect(await refused(host, port)).toBe('ECONNREFUSED')
    expect(await refused('127.0.0.1', Number(new URL(lab.endpoint).port))).toBe('ECONNREFUSED')
  })

  test('leaves no handle behind: a program that used and closed it ends by itself', async () => {
    const program = `
      import { connect } from 'node:net'
      import { startLab } from '#lab/lab.ts'
      import { demoWorld } from './fixtures/worlds/demo.ts'
      const lab = await startLab(demoWorld)
      await fetch(lab.endpoint)
      const { host, port } = lab.route('203.0.113.1', 80)
      await new Promise(done => connect(port, host).on('error', done))
      await lab.close()
      process.stdout.write('closed')
    `
    // Killed, and so rejected, where anything keeps it alive.
    const { stdout } = await execFileAsync(process.execPath, ['--input-type=module', '-e', program], {
      timeout: 25_000,
    })
    expect(stdout).toBe('closed')
  })

  test('hands out an AWS endpoint and a DNS server on loopback, and networks that hold every address', () =>
    within(async lab => {
      expect(lab.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
      expect(lab.dnsServer).toMatch(/^127\.0\.0\.1:\d+$/)
      expect(lab.networks).toContain('203.0.113.0/24')
      expect(lab.networks).toContain('2001:db8::/32')
    }))
})

describe('the demo world, live', () => {
  test('every site behaves at the edge as its story says', async () => {
    const lab = await startLab(demoWorld)
    try {
      const names = demoWorld.resources.flatMap(r =>
        r.type === 'AWS::CloudFront::Distribution'
          ? [String((r.config.Aliases as { Items: string[] }).Items[0])]
          : [],
      )
      const to = [edgeAddress(demoWorld), 443] as const
      const told = await Promise.all(
        names.map(async host => [host.split('.')[0], await statusOf({ lab, to, tls: true, host })] as const),
      )
      const unwell = Object.fromEntries(told.filter(([, status]) => status !== 200))
      expect(told.length).toBeGreaterThanOrEqual(12)
      // A bucket has no page at its root, and nothing answers for the cluster.
      const buckets = { media: 403, gallery: 403, courses: 403, lessons: 403 }
      const nginx = ['orders', 'reports', 'catalog', 'search', 'chat', 'quotes', 'intern', 'invoices']
      const cluster = [...nginx, 'ledger', 'payroll', 'support', 'stock', 'events']
      const silent = Object.fromEntries(cluster.map(site => [site, 504]))
      expect(unwell).toEqual({ portal: 502, partners: 403, legacy: 502, ...buckets, ...silent })
      const plain = { lab, to: [edgeAddress(demoWorld), 80] as const, host: 'portal.example.com' }
      expect(await statusOf(plain)).toBe(200)
    } finally {
      await lab.close()
    }
  })
})
