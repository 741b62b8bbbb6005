import { describe, expect, it, vi } from 'vitest'
import { ApiError, Client, actionId } from '../src/index.ts'

type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'down'

function clientWith(answers: Answer[], onUnauthenticated?: () => void) {
  const seen: { url: string; init: RequestInit }[] = []
  const client = new Client({
    fetch: async (url, init) => {
      seen.push({ url: String(url), init: init ?? {} })
      const answer = answers.shift() ?? { status: 200, body: {} }
      if (answer === 'down') throw new TypeError('failed')
      return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), { status: answer.status, headers: answer.headers ?? {} })
    },
    wait: async () => undefined,
    ...(onUnauthenticated ? { onUnauthenticated } : {}),
  })
  return { client, seen }
}

const headersOf = (init: RequestInit): Record<string, string> => init.headers as Record<string, string>

describe('client', () => {
  it('marks unsafe methods, and only these', async () => {
    const { client, seen } = clientWith([{ status: 200, body: {} }, { status: 200, body: {} }])
    await client.get('/items')
    await client.post('/drafts', { item_code: 'SI-YL-001' }, { idempotencyKey: 'k1' })
    expect(headersOf(seen[0]!.init)['x-requested-with']).toBeUndefined()
    expect(headersOf(seen[1]!.init)).toMatchObject({ 'x-requested-with': 'renshe', 'content-type': 'application/json', 'idempotency-key': 'k1' })
  })

  it('leaves empty query values out and encodes the rest', async () => {
    const { client, seen } = clientWith([{ status: 200, body: {} }])
    await client.get('/items', { query: { query: '退休 申请', page: 2, domain: '', audience: undefined } })
    expect(seen[0]!.url).toBe('/api/v1/items?query=%E9%80%80%E4%BC%91%20%E7%94%B3%E8%AF%B7&page=2')
  })

  it('repeats safe calls after a transient failure', async () => {
    const { client, seen } = clientWith(['down', { status: 503 }, { status: 200, body: { total: 3 } }])
    expect(await client.get('/items')).toEqual({ total: 3 })
    expect(seen).toHaveLength(3)
  })

  it('never repeats an unsafe call by itself', async () => {
    const { client, seen } = clientWith(['down', { status: 200, body: {} }])
    await expect(client.post('/drafts', {})).rejects.toMatchObject({ kind: 'offline' })
    expect(seen).toHaveLength(1)
  })

  it('does not repeat what cannot succeed', async () => {
    const { client, seen } = clientWith([{ status: 404 }])
    await expect(client.get('/cases/x')).rejects.toMatchObject({ status: 404, title: '未找到' })
    expect(seen).toHaveLength(1)
  })

  it('turns problem documents into field messages', async () => {
    const body = { title: '填写内容有误', status: 422, detail: '请修改', code: 'intake.invalid', request_id: 'r-1', errors: [{ field: 'id_no', message: '校验位不正确' }, { field: 'id_no', message: '另一条' }] }
    const { client } = clientWith([{ status: 422, body }])
    const error = await client.post('/drafts/1/submission').catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ApiError)
    const problem = error as ApiError
    expect(problem.message).toBe('请修改')
    expect(problem.byField()).toEqual({ id_no: '校验位不正确' })
    expect(problem.requestId).toBe('r-1')
  })

  it('explains answers that are no problem document', async () => {
    const { client } = clientWith([{ status: 413, headers: { 'x-request-id': 'r-9' } }])
    await expect(client.post('/x')).rejects.toMatchObject({ title: '内容过大', requestId: 'r-9' })
  })

  it('reports the end of a session, unless asked not to', async () => {
    const ended = vi.fn<() => void>()
    const { client } = clientWith([{ status: 401 }, { status: 401 }], ended)
    await client.get('/session', { quiet401: true }).catch(() => undefined)
    expect(ended).not.toHaveBeenCalled()
    await client.get('/cases').catch(() => undefined)
    expect(ended).toHaveBeenCalledOnce()
  })

  it('makes fresh action ids', () => {
    expect(actionId()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(actionId()).not.toBe(actionId())
  })
})
