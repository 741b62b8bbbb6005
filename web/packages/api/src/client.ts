// One door to the server: headers, JSON, problem documents, retry of safe methods, upload with progress.

import { ApiError, abortedError, offlineError, problemOf, timeoutError } from './problem.ts'

export type Query = Record<string, string | number | boolean | null | undefined>

export interface CallOptions {
  query?: Query | object
  body?: unknown
  signal?: AbortSignal
  /** Sent as Idempotency-Key; the same key again gives the same receipt. */
  idempotencyKey?: string
  /** Milliseconds before the call is given up. */
  timeout?: number
  /** A 401 of this call does not end the session (used by the sign-in form and the session probe). */
  quiet401?: boolean
  /** The browser finishes the call even when the page goes away (bodies up to 64 kB). */
  keepalive?: boolean
}

export interface ClientOptions {
  base?: string
  fetch?: typeof fetch
  /** Called when a call finds that the session has ended. */
  onUnauthenticated?: () => void
  /** Waits between retries; replaced in tests. */
  wait?: (ms: number) => Promise<void>
}

const SAFE = new Set(['GET', 'HEAD'])
const RETRY_WAITS = [300, 900]

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

export class Client {
  readonly base: string
  onUnauthenticated: (() => void) | undefined
  readonly #fetch: typeof fetch
  readonly #wait: (ms: number) => Promise<void>

  constructor(options: ClientOptions = {}) {
    this.base = options.base ?? '/api/v1'
    this.onUnauthenticated = options.onUnauthenticated
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init))
    this.#wait = options.wait ?? sleep
  }

  get<T>(path: string, options?: CallOptions): Promise<T> {
    return this.call<T>('GET', path, options)
  }

  post<T>(path: string, body?: unknown, options?: CallOptions): Promise<T> {
    return this.call<T>('POST', path, { ...options, body })
  }

  put<T>(path: string, body?: unknown, options?: CallOptions): Promise<T> {
    return this.call<T>('PUT', path, { ...options, body })
  }

  patch<T>(path: string, body?: unknown, options?: CallOptions): Promise<T> {
    return this.call<T>('PATCH', path, { ...options, body })
  }

  delete<T = void>(path: string, options?: CallOptions): Promise<T> {
    return this.call<T>('DELETE', path, options)
  }

  /** Sends a request; only safe methods are sent again after a transient failure. */
  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const tries = SAFE.has(method) ? RETRY_WAITS.length : 0
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#once<T>(method, path, options)
      } catch (error) {
        const again = error instanceof ApiError && error.transient && attempt < tries
        if (!again) throw error
        await this.#wait(RETRY_WAITS[attempt] ?? 900)
      }
    }
  }

  async #once<T>(method: string, path: string, options: CallOptions): Promise<T> {
    const { signal, expired, clear } = deadline(options.signal, options.timeout ?? 30_000)
    let response: Response
    let text: string
    try {
      response = await this.#fetch(this.url(path, options.query), this.#init(method, options, signal))
      text = await response.text()
    } catch {
      if (expired()) throw timeoutError()
      if (options.signal?.aborted) throw abortedError()
      throw offlineError()
    } finally {
      clear()
    }
    const requestId = response.headers.get('x-request-id')
    if (response.ok) return parse(text) as T
    if (response.status === 401 && !options.quiet401) this.onUnauthenticated?.()
    throw new ApiError('problem', problemOf(response.status, parse(text), requestId))
  }

  #init(method: string, options: CallOptions, signal: AbortSignal): RequestInit {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (!SAFE.has(method)) headers['x-requested-with'] = 'renshe'
    if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey
    const init: RequestInit = { method, headers, signal, credentials: 'same-origin' }
    if (options.keepalive) init.keepalive = true
    if (options.body instanceof FormData) init.body = options.body
    else if (options.body !== undefined) {
      headers['content-type'] = 'application/json'
      init.body = JSON.stringify(options.body)
    }
    return init
  }

  /** A file as bytes, for showing it inside a page; `address` is a full address as the server gave it or `url` made it. */
  async file(address: string, signal?: AbortSignal): Promise<Blob> {
    let response: Response
    try {
      response = await this.#fetch(address, { credentials: 'same-origin', ...(signal ? { signal } : {}) })
    } catch {
      throw signal?.aborted ? abortedError() : offlineError()
    }
    if (response.ok) return response.blob()
    if (response.status === 401) this.onUnauthenticated?.()
    throw new ApiError('problem', problemOf(response.status, parse(await response.text()), response.headers.get('x-request-id')))
  }

  /** Full address of an API path, for links that the browser itself opens (PDF, spreadsheets). */
  url(path: string, query?: Query | object): string {
    const pairs = Object.entries(query ?? {})
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
    return this.base + path + (pairs.length > 0 ? `?${pairs.join('&')}` : '')
  }

  /** Uploads one file with progress (0 to 1); fetch can't report that, so this is the one XMLHttpRequest. */
  upload<T>(path: string, file: File, onProgress?: (share: number) => void, signal?: AbortSignal, fields: Record<string, string> = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest()
      xhr.open('POST', this.url(path))
      xhr.setRequestHeader('accept', 'application/json')
      xhr.setRequestHeader('x-requested-with', 'renshe')
      xhr.upload.addEventListener('progress', (event) => {
        if (event.lengthComputable) onProgress?.(event.loaded / event.total)
      })
      xhr.addEventListener('load', () => {
        const body = parse(xhr.responseText)
        if (xhr.status >= 200 && xhr.status < 300) {
          resolve(body as T)
          return
        }
        if (xhr.status === 401) this.onUnauthenticated?.()
        reject(new ApiError('problem', problemOf(xhr.status, body, xhr.getResponseHeader('x-request-id'))))
      })
      xhr.addEventListener('error', () => reject(offlineError()))
      xhr.addEventListener('abort', () => reject(abortedError()))
      signal?.addEventListener('abort', () => xhr.abort(), { once: true })
      const form = new FormData()
      for (const [key, value] of Object.entries(fields)) form.append(key, value)
      form.append('file', file, file.name)
      xhr.send(form)
    })
  }
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A signal that fires at the caller's signal or at the deadline, and tells which it was. */
function deadline(outer: AbortSignal | undefined, ms: number): { signal: AbortSignal; expired: () => boolean; clear: () => void } {
  const controller = new AbortController()
  let late = false
  const timer = setTimeout(() => {
    late = true
    controller.abort()
  }, ms)
  const forward = (): void => controller.abort()
  if (outer?.aborted) controller.abort()
  outer?.addEventListener('abort', forward, { once: true })
  return {
    signal: controller.signal,
    expired: () => late,
    clear: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', forward)
    },
  }
}

/** A fresh id for an action that the network may repeat. */
export function actionId(): string {
  // randomUUID exists only in secure contexts; a bureau's inner network may serve plain HTTP.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
