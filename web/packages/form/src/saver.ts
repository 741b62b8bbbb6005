// Saves a draft field by field so that nothing typed is lost: every change is noted locally at once, sent after a short
// pause or when the field is left, and sent again until the server has it. The note is removed as soon as it has.

import { type ApiError, type FieldValue, type SaveResult, asApiError } from '@renshe/api'

export type SaveStatus = 'clean' | 'waiting' | 'saving' | 'saved' | 'offline' | 'signed_out' | 'gone' | 'refused'

export interface Note {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface SaverOptions {
  send: (fields: Record<string, FieldValue>, last: boolean) => Promise<SaveResult>
  /** Where unsent values are kept against a crash of the browser; null keeps none (kiosks). */
  note?: Note | null
  noteKey: string
  pause?: number
  onChange?: () => void
  onSaved?: (result: SaveResult, sent: Record<string, FieldValue>) => void
  now?: () => number
}

const BACKOFF = [2_000, 4_000, 8_000, 15_000, 30_000]

export class Saver {
  status: SaveStatus = 'clean'
  savedAt: number | null = null
  message = ''
  readonly #options: SaverOptions
  #pending = new Map<string, FieldValue>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #running: Promise<void> | undefined
  #stopped = false

  constructor(options: SaverOptions) {
    this.#options = options
    this.#recall()
  }

  /** Values noted but not yet on the server; after a crash these are laid over the loaded draft. */
  get unsent(): Record<string, FieldValue> {
    return Object.fromEntries(this.#pending)
  }

  get dirty(): boolean {
    return this.#pending.size > 0
  }

  set(key: string, value: FieldValue): void {
    if (this.#stopped || this.status === 'gone') return
    this.#pending.set(key, value)
    this.#remember()
    if (this.status !== 'offline' && this.status !== 'signed_out') this.#become('waiting')
    this.#schedule(this.#failures > 0 ? this.#backoff() : (this.#options.pause ?? 800))
  }

  /** Sends what is waiting now; resolves when nothing is left, or sending failed. */
  async flush(last = false): Promise<boolean> {
    clearTimeout(this.#timer)
    while (this.#running) await this.#running
    if (this.#pending.size === 0) return true
    this.#running = this.#send(last).finally(() => {
      this.#running = undefined
    })
    await this.#running
    return this.#pending.size === 0 ? true : this.status === 'waiting' ? this.flush(last) : false
  }

  /** The network is back, or the person signed in again. */
  wake(): void {
    this.#failures = 0
    if (this.#pending.size > 0 && this.status !== 'gone') void this.flush()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  async #send(last: boolean): Promise<void> {
    const batch = new Map(this.#pending)
    const body = Object.fromEntries(batch)
    this.#become('saving')
    try {
      const result = await this.#options.send(body, last)
      for (const [key, value] of batch) if (this.#pending.get(key) === value) this.#pending.delete(key)
      this.#failures = 0
      this.savedAt = (this.#options.now ?? Date.now)()
      this.#remember()
      this.#options.onSaved?.(result, body)
      this.#become(this.#pending.size > 0 ? 'waiting' : 'saved')
      if (this.#pending.size > 0) this.#schedule(this.#options.pause ?? 800)
    } catch (error) {
      this.#failed(asApiError(error))
    }
  }

  #failed(error: ApiError): void {
    this.message = error.message
    if (error.status === 401) {
      this.#become('signed_out')
      return
    }
    if (error.status === 404 || error.status === 409 || error.status === 410) {
      this.#become('gone')
      return
    }
    const again = error.transient || error.kind === 'aborted' || error.status >= 500 || error.status === 429
    this.#failures += 1
    this.#become(again ? 'offline' : 'refused')
    if (again) this.#schedule(this.#backoff())
  }

  #backoff(): number {
    return BACKOFF[Math.min(this.#failures, BACKOFF.length) - 1] ?? 30_000
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(() => void this.flush(), ms)
  }

  #become(status: SaveStatus): void {
    this.status = status
    this.#options.onChange?.()
  }

  #remember(): void {
    const { note, noteKey } = this.#options
    if (!note) return
    try {
      if (this.#pending.size === 0) note.removeItem(noteKey)
      else note.setItem(noteKey, JSON.stringify([...this.#pending]))
    } catch {
      // A full or forbidden storage costs the note, not the typing.
    }
  }

  #recall(): void {
    const { note, noteKey } = this.#options
    try {
      const text = note?.getItem(noteKey)
      if (!text) return
      this.#pending = new Map(JSON.parse(text) as [string, FieldValue][])
      if (this.#pending.size > 0) this.status = 'waiting'
    } catch {
      note?.removeItem(noteKey)
    }
  }
}

const PREFIX = 'renshe.draft.'

export function noteKey(user: string, draft: string): string {
  return `${PREFIX}${user}.${draft}`
}

/** Removes every note of unsent values; called at sign-out, since the next person may use the same machine. */
export function forgetNotes(storage: Storage = localStorage): void {
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key)
}
