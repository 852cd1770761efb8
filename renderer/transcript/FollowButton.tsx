import { LocateFixed } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { commandKeys, keyLabel } from '../commands/keymap'
import { runCommand } from '../commands/run'
import { useMessages } from '../state/messages'
import { playbackStore } from '../state/playback'
import { viewStore } from '../state/view'

/** Takes the view back to what sounds, while the user reads elsewhere. */
export function FollowButton() {
  const words = useMessages().transport
  const isPlaying = useStore(playbackStore, (playback) => playback.isPlaying)
  const isFollowing = useStore(viewStore, (view) => view.isFollowing)
  if (!isPlaying || isFollowing) return null
  return (
    <Button className="chip follow-button" data-testid="follow" onPress={() => runCommand('view.follow')}>
      <LocateFixed size={13} /> {words.follow} <kbd>{keyLabel(commandKeys('view.follow')[0] ?? '')}</kbd>
    </Button>
  )
}
