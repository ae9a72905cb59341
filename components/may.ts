/** Which decisions the person who looks may make, by their names; the verbs say which roles they take. */
export interface May {
  pause: boolean
  resume: boolean
  approve: boolean
  reject: boolean
  rollback: boolean
  level: boolean
  policy: boolean
  invite: boolean
  role: boolean
}
