// message: what the bureau told this person.

import type { Client } from '../client.ts'
import type { Page, PageQuery } from './common.ts'

export interface MessageRow {
  id: string
  title: string
  body: string
  case_no?: string | null
  created_at: string
  read_at?: string | null
}

export const messagesApi = (client: Client) => ({
  list: (query: PageQuery & { unread?: boolean }) => client.get<Page<MessageRow>>('/messages', { query }),
  read: (id: string) => client.post<void>(`/messages/${id}/read`),
  unread: async () => {
    const answer = await client.get<number | { count?: number; unread?: number }>('/messages/unread_count', { quiet401: true })
    return typeof answer === 'number' ? answer : (answer.count ?? answer.unread ?? 0)
  },
})
