export function budgets(): { app: string; limit: number; pages: string[]; built: boolean; size: number | null }[]
export function measure(app: string, pages: string[]): number
