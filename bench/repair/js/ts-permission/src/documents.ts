import { type Deed, may, type Role } from './roles.ts'

export interface Document {
  id: string
  text: string
  comments: string[]
  people: Record<string, Role>
}

export class Refused extends Error {
  readonly deed: Deed
  constructor(deed: Deed) {
    super(`may not ${deed}`)
    this.deed = deed
  }
}

export class Documents {
  private readonly documents = new Map<string, Document>()

  create(id: string, owner: string): Document {
    const document: Document = { id, text: '', comments: [], people: { [owner]: 'owner' } }
    this.documents.set(id, document)
    return document
  }

  private open(id: string, person: string, deed: Deed): Document {
    const document = this.documents.get(id)
    // Who may not even read learns nothing of it.
    if (!document || !may(document.people[person] ?? null, 'read')) throw new Error('no such document')
    if (!may(document.people[person] ?? null, deed)) throw new Refused(deed)
    return document
  }

  read = (id: string, person: string): string => this.open(id, person, 'read').text

  comment(id: string, person: string, text: string): void {
    this.open(id, person, 'comment').comments.push(text)
  }

  edit(id: string, person: string, text: string): void {
    this.open(id, person, 'edit').text = text
  }

  share(id: string, person: string, other: string, role: Role): void {
    this.open(id, person, 'share').people[other] = role
  }

  delete(id: string, person: string): void {
    this.open(id, person, 'delete')
    this.documents.delete(id)
  }
}
