import { Pencil } from 'lucide-react'
import { Button } from 'react-aria-components'
import { transcriptOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { runCommand } from '../commands/run'
import { goToTurn, renameEverywhere } from '../commands/turn'
import { useMessages } from '../state/messages'
import { speakerColour } from '../ui/speakerColours'

/** Who speaks, in every spelling, and who may be the same person. */
export function SpeakersPanel({ session }: { session: Session }) {
  const words = useMessages().panels
  const { speakers, turns, alike } = transcriptOf(session)
  if (speakers.length === 0) return <p className="panel-empty">{words.noSpeakers}</p>
  const goToFirst = (speaker: number) => {
    const turn = turns.find((entry) => entry.speaker === speaker)
    if (turn) goToTurn(turn.index)
  }
  return (
    <>
      {speakers.map((speaker, index) => (
        <div key={speaker.name} className="item">
          <span className="speaker-dot" style={{ background: speakerColour(index) }} />
          <Button className="quiet" onPress={() => goToFirst(index)}>
            <b>{speaker.name}</b>
          </Button>
          <Button
            className="quiet"
            aria-label={`${words.rename}: ${speaker.name}`}
            onPress={() => runCommand('turn.renameSpeaker', index)}
          >
            <Pencil size={13} />
          </Button>
          <small>
            {words.turns(speaker.turns)}
            {speaker.labels.length > 1 &&
              ` · ${speaker.labels.map(({ text, turns: count }) => `${text} (${count})`).join(', ')}`}
          </small>
        </div>
      ))}
      {alike.length > 0 && <h3 className="panel-empty">{words.alike}</h3>}
      {alike.map(({ first, second }) => {
        const names = [speakers[first]?.name ?? '', speakers[second]?.name ?? ''] as const
        return (
          <div key={`${first}-${second}`} className="item-card">
            <div className="item">
              <span />
              <span>{names.join(' · ')}</span>
            </div>
            <div className="item-actions">
              {names.map((name, index) => (
                <Button
                  key={name}
                  className="chip"
                  aria-label={`${words.samePerson}: ${name}`}
                  onPress={() => renameEverywhere(index === 0 ? second : first, name)}
                >
                  = {name}
                </Button>
              ))}
            </div>
          </div>
        )
      })}
    </>
  )
}
