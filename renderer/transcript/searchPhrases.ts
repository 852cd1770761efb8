/** The words that CodeMirror's search panel uses, by their English originals. */
export const searchPhrases: Record<'en' | 'zh', Record<string, string>> = {
  en: {},
  zh: {
    Find: '查找',
    Replace: '替换为',
    next: '下一个',
    previous: '上一个',
    all: '全部',
    'match case': '区分大小写',
    regexp: '正则表达式',
    'by word': '全字匹配',
    replace: '替换',
    'replace all': '全部替换',
    close: '关闭',
    'current match': '当前匹配',
    'replaced match on line $': '已替换第 $ 行的匹配',
    'replaced $ matches': '已替换 $ 处匹配',
    'on line': '在行',
    'Go to line': '转到行',
    go: '前往',
  },
}
