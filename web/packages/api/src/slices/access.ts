// access and identity for administrators: accounts, roles, the organisation tree.

import type { Client } from '../client.ts'
import type { Page, PageQuery } from './common.ts'
import type { UserKind } from './session.ts'

export interface UserRow {
  id: string
  login: string
  name: string
  kind: UserKind
  organisation?: { code: string; name: string } | null
  status: 'active' | 'disabled' | 'locked' | string
  locked?: boolean
  roles?: { code: string; name: string }[]
  last_sign_in_at?: string | null
}

export interface Grant {
  role: string
  role_name?: string
  org: string
  org_name?: string
}

export interface UserDetail extends UserRow {
  grants?: Grant[]
  permissions?: string[]
  sessions?: number
  created_at?: string
}

export interface NewUser {
  login: string
  name: string
  kind: UserKind
  password: string
  organisation?: string
}

export interface Organisation {
  code: string
  name: string
  level: 'city' | 'district' | 'community'
  parent?: string | null
  path: string
}

export interface RoleDetail {
  code: string
  name: string
  permissions: { code: string; name: string }[]
  excludes: string[]
}

export const accessApi = (client: Client) => ({
  users: (query: PageQuery & { query?: string; kind?: string }) => client.get<Page<UserRow>>('/users', { query }),
  user: (id: string) => client.get<UserDetail>(`/users/${id}`),
  create: (body: NewUser) => client.post<UserDetail>('/users', body),
  setStatus: (id: string, status: 'active' | 'disabled') => client.put<void>(`/users/${id}/status`, { status }),
  unlock: (id: string) => client.post<void>(`/users/${id}/unlock`),
  setRoles: (id: string, roles: { role: string; org: string }[]) => client.put<void>(`/users/${id}/roles`, { roles }),
  endSessions: (id: string) => client.delete(`/users/${id}/sessions`),
  organisations: () => client.get<Organisation[]>('/organisations'),
  roles: () => client.get<RoleDetail[]>('/roles'),
})
