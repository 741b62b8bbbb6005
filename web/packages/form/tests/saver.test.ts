import { ApiError, type FieldValue, type SaveResult } from '@renshe/api'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Note, Saver, forgetNotes, noteKey } from '../src/saver.ts'

const OK: SaveResult = { fields: {}, faults: [], version: 1 }
const offline = () => new ApiError('offline', { title: '网络不通', status: 0, detail: '网络不通', code: 'client.offline' })
const refused = (status: number) => new ApiError('problem', { title: '', status, detail: '不行', code: 'x' })

class Memory implements Note {
  kept = new Map<string, string>()
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value)
  }
  removeItem(key: string): void {
    this.kept.delete(key)
  }
}

function saverWith(send: (fields: Record<string, FieldValue>) => Promise<SaveResult>, note = new Memory()) {
  return { saver: new Saver({ send, note, noteKey: 'k', pause: 100, now: () => 1_000 }), note }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('saver', () => {
  it('joins quick changes into one call and forgets the note once saved', async () => {
    const send = vi.fn<(f: Record<string, FieldValue>) => Promise<SaveResult>>(async () => OK)
    const { saver, note } = saverWith(send)
    saver.set('name', '张')
    saver.set('name', '张伟')
    saver.set('mobile', '13800001234')
    expect(note.getItem('k')).toContain('张伟')
    await vi.advanceTimersByTimeAsync(100)
    expect(send).toHaveBeenCalledExactlyOnceWith({ name: '张伟', mobile: '13800001234' }, false)
    expect(saver.status).toBe('saved')
    expect(saver.savedAt).toBe(1_000)
    expect(note.getItem('k')).toBeNull()
  })

  it('keeps a change made while a save is under way', async () => {
    let release: (() => void) | undefined
    const sent: Record<string, FieldValue>[] = []
    const { saver } = saverWith((fields) => {
      sent.push(fields)
      return sent.length === 1 ? new Promise((done) => (release = () => done(OK))) : Promise.resolve(OK)
    })
    saver.set('a', 1)
    await vi.advanceTimersByTimeAsync(100)
    saver.set('a', 2)
    release?.()
    await vi.advanceTimersByTimeAsync(500)
    expect(sent).toEqual([{ a: 1 }, { a: 2 }])
    expect(saver.dirty).toBe(false)
  })

  it('holds what could not be sent and sends it when the network is back', async () => {
    let up = false
    const sent: Record<string, FieldValue>[] = []
    const { saver, note } = saverWith(async (fields) => {
      if (!up) throw offline()
      sent.push(fields)
      return OK
    })
    saver.set('a', 'x')
    await vi.advanceTimersByTimeAsync(100)
    expect(saver.status).toBe('offline')
    saver.set('b', 'y')
    expect(JSON.parse(note.getItem('k') ?? '[]')).toEqual([['a', 'x'], ['b', 'y']])
    up = true
    saver.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual([{ a: 'x', b: 'y' }])
    expect(note.getItem('k')).toBeNull()
  })

  it('tries again by itself, ever more slowly', async () => {
    let calls = 0
    const { saver } = saverWith(async () => {
      calls += 1
      throw offline()
    })
    saver.set('a', 1)
    await vi.advanceTimersByTimeAsync(100)
    expect(calls).toBe(1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(calls).toBe(2)
    await vi.advanceTimersByTimeAsync(3_900)
    expect(calls).toBe(2)
    await vi.advanceTimersByTimeAsync(200)
    expect(calls).toBe(3)
    saver.stop()
  })

  it('finds unsent values again after the browser was killed', async () => {
    const note = new Memory()
    saverWith(async () => OK, note).saver.set('name', '李娜')
    const { saver } = saverWith(async () => OK, note)
    expect(saver.unsent).toEqual({ name: '李娜' })
    expect(await saver.flush()).toBe(true)
    expect(note.getItem('k')).toBeNull()
  })

  it('survives a damaged note', () => {
    const note = new Memory()
    note.setItem('k', '{oops')
    expect(saverWith(async () => OK, note).saver.unsent).toEqual({})
  })

  it('waits for a new sign-in and then goes on', async () => {
    let signedIn = false
    const { saver } = saverWith(async () => {
      if (!signedIn) throw refused(401)
      return OK
    })
    saver.set('a', 1)
    await vi.advanceTimersByTimeAsync(100)
    expect(saver.status).toBe('signed_out')
    signedIn = true
    saver.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(saver.status).toBe('saved')
  })

  it('stops when the draft was submitted elsewhere', async () => {
    const { saver } = saverWith(async () => {
      throw refused(409)
    })
    saver.set('a', 1)
    await vi.advanceTimersByTimeAsync(100)
    expect(saver.status).toBe('gone')
    saver.set('b', 2)
    expect(saver.unsent).toEqual({ a: 1 })
  })

  it('forgets all notes at sign-out and nothing else', () => {
    localStorage.setItem(noteKey('u', 'd'), '[]')
    localStorage.setItem('renshe.prefs', '{}')
    forgetNotes()
    expect(localStorage.getItem(noteKey('u', 'd'))).toBeNull()
    expect(localStorage.getItem('renshe.prefs')).toBe('{}')
  })
})
