import { useStore } from 'zustand'
import { type Messages, messagesOf } from '../../shared/messages/messages'
import { settingsStore } from './settings'

/** The interface's words in the present language. */
export function messages(): Messages {
  return messagesOf(settingsStore.getState().language)
}

/** The same for components: they follow a change of language. */
export function useMessages(): Messages {
  return messagesOf(useStore(settingsStore, (settings) => settings.language))
}
