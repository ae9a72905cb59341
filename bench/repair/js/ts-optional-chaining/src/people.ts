export interface Address {
  street: string
  city: string
  country: string
}

export interface Person {
  id: string
  name: string
  email: string | null
  address: Address | null
  company?: { name: string; vat?: string }
}

const PEOPLE: Person[] = [
  {
    id: 'p-1',
    name: 'Ada Okafor',
    email: 'ada@example.com',
    address: { street: '1 High Street', city: 'Leeds', country: 'GB' },
    company: { name: 'Okafor Ltd', vat: 'GB123' },
  },
  { id: 'p-2', name: 'Ben Ito', email: null, address: null },
  { id: 'p-3', name: 'Cleo Marsh', email: 'cleo@example.com', address: null, company: { name: 'Marsh & Co' } },
]

export const findPerson = (id: string): Person | undefined => PEOPLE.find((person) => person.id === id)
