// The number on the bell.
import { api } from '@renshe/api'
import { ref } from 'vue'

export const unread = ref(0)

export async function refreshUnread(): Promise<void> {
  try {
    unread.value = await api.messages.unread()
  } catch {
    // A missing badge must not disturb the page.
  }
}
