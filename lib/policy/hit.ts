/** One rule that a path or an entry falls under. */
export interface Hit {
  rule: string
  why: string
  answer: 'refused' | 'needs-approval'
}
