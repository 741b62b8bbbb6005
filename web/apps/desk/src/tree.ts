// Flat rows with parents as a tree.
import type { Organisation } from '@renshe/api'
import { LEVEL } from './organisations.ts'

export interface TreeNode {
  id: string
  label: string
  note?: string
  children?: TreeNode[]
}

export function treeOf(rows: Organisation[]): TreeNode[] {
  const nodes = new Map(rows.map((row) => [row.code, { id: row.code, label: row.name, note: LEVEL[row.level], children: [] as TreeNode[] }]))
  const roots: TreeNode[] = []
  for (const row of rows) {
    const node = nodes.get(row.code)
    if (!node) continue
    const parent = row.parent ? nodes.get(row.parent) : undefined
    if (parent) parent.children.push(node)
    else roots.push(node)
  }
  return roots
}
