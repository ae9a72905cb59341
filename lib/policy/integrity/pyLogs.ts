/** What a program calls its log: `log`, `LOG`, `self.logger`, `app.logger`, `_log`, `logging`. */
const LOGGER = String.raw`(?:(?:[\w.]*[._])?log(?:ger|ging)?|(?:logging\.)?getLogger\([^()]*\))`

export const LOG_CALL = new RegExp(
  String.raw`(?<![\w.])${LOGGER}\.(debug|info|warning|warn|error|exception|critical|log)\(`,
  'i',
)
export const LOG_DISABLED = new RegExp(String.raw`(?<![\w.])${LOGGER}\.disabled ?= ?True|\blogging\.disable\(`, 'i')
