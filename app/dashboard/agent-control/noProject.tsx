import { signOut } from '@/app/login/actions.ts'
import { NoProject } from '@/components/emptyBoard.tsx'
import { Live } from '@/components/live.tsx'
import { Masthead } from '@/components/masthead.tsx'

/** Every page of the control room before there is a project. */
export function NoProjectPage({ title }: { title: string }) {
  return (
    <>
      <Masthead signOut={signOut}>
        <Live summary="No project yet" />
      </Masthead>
      <main id="main" className="page">
        <h1 className="sr-only">{title}</h1>
        <NoProject />
      </main>
    </>
  )
}
