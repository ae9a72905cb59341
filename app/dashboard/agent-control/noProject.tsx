import { signOut } from '@/app/login/actions.ts'
import { requirePerson } from '@/app/session.ts'
import { NoProject, NoProjectOfYours } from '@/components/emptyBoard.tsx'
import { Live } from '@/components/live.tsx'
import { Masthead } from '@/components/masthead.tsx'

/** Every page of the control room before there is a project, or for somebody who is a member of none. */
export async function NoProjectPage({ title }: { title: string }) {
  const { role, name } = await requirePerson()
  return (
    <>
      <Masthead signOut={signOut}>
        <Live summary="No project yet" />
      </Masthead>
      <main id="main" className="page">
        <h1 className="sr-only">{title}</h1>
        {role === 'owner' ? <NoProject /> : <NoProjectOfYours name={name} />}
      </main>
    </>
  )
}
