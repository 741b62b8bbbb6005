// Problem documents (RFC 9457) as the server writes them, and the one error class pages have to know.

export interface ProblemField {
  /** Key of the field, for example `id_no` or `rows[3].wage`. */
  field: string
  /** What to do about it, in Chinese. */
  message: string
}

export interface Problem {
  type?: string
  title: string
  status: number
  detail: string
  code: string
  errors?: ProblemField[]
  request_id?: string
}

export type FailureKind = 'offline' | 'timeout' | 'aborted' | 'problem'

/** Whatever goes wrong between page and server arrives as this; `message` may be shown to a person. */
export class ApiError extends Error {
  readonly kind: FailureKind
  readonly status: number
  readonly code: string
  readonly title: string
  readonly fields: ProblemField[]
  readonly requestId: string | undefined

  constructor(kind: FailureKind, problem: Problem) {
    super(problem.detail)
    this.name = 'ApiError'
    this.kind = kind
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title
    this.fields = problem.errors ?? []
    this.requestId = problem.request_id
  }

  /** Trying the same again later may help. */
  get transient(): boolean {
    return this.kind === 'offline' || this.kind === 'timeout' || this.status === 503 || this.status === 502 || this.status === 504
  }

  /** Field messages by key; the first message of a field wins. */
  byField(): Record<string, string> {
    const found: Record<string, string> = {}
    for (const fault of this.fields) found[fault.field] ??= fault.message
    return found
  }
}

const TITLES: Record<number, [title: string, detail: string]> = {
  400: ['请求无法识别', '提交的内容无法识别，请刷新页面后重试'],
  401: ['请先登录', '您尚未登录，或登录已失效，请重新登录'],
  403: ['没有权限', '您没有进行此操作的权限。如确需办理，请联系本单位管理员'],
  404: ['未找到', '没有找到您要查看的内容，它可能已被移除，或不在您的权限范围内'],
  409: ['状态已变化', '内容已被更新，请刷新页面后再操作'],
  413: ['内容过大', '上传的内容过大，请压缩后重试'],
  422: ['填写内容有误', '填写的内容有误，请按提示修改后重新提交'],
  429: ['操作过于频繁', '操作过于频繁，请稍后再试'],
  503: ['系统繁忙', '系统繁忙，请稍后重试'],
}

/** Reads a problem out of a response body, or makes one when the body is something else (a proxy's page). */
export function problemOf(status: number, body: unknown, requestId?: string | null): Problem {
  const [title, detail] = TITLES[status] ?? ['系统异常', '系统出现异常，请稍后重试。如多次出现，请联系技术支持']
  const given = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {}
  const problem: Problem = {
    title: typeof given.title === 'string' ? given.title : title,
    status,
    detail: typeof given.detail === 'string' && given.detail !== '' ? given.detail : detail,
    code: typeof given.code === 'string' ? given.code : `http.${status}`,
  }
  if (Array.isArray(given.errors)) problem.errors = given.errors.filter((e) => typeof e?.field === 'string' && typeof e?.message === 'string')
  const id = given.request_id ?? requestId
  if (id) problem.request_id = id
  return problem
}

export function offlineError(): ApiError {
  return new ApiError('offline', { title: '网络不通', status: 0, detail: '网络连接不可用，请检查网络后重试', code: 'client.offline' })
}

export function timeoutError(): ApiError {
  return new ApiError('timeout', { title: '响应超时', status: 0, detail: '服务器响应超时，请稍后重试', code: 'client.timeout' })
}

export function abortedError(): ApiError {
  return new ApiError('aborted', { title: '已取消', status: 0, detail: '操作已取消', code: 'client.aborted' })
}

/** Any thrown value as an [`ApiError`], so that pages need no second case. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  return new ApiError('problem', {
    title: '页面出现异常',
    status: 0,
    detail: '页面出现异常，请刷新后重试。如多次出现，请联系技术支持',
    code: 'client.defect',
  })
}
