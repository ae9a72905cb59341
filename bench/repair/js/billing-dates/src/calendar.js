/** Days of a month; months count from 0, as in `Date`. */
export function daysInMonth(year, month) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The date some months later; the 31st becomes the last day of a shorter month. */
export function addMonths(date, count) {
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + count
  const year = Math.floor(months / 12)
  const month = months - year * 12
  const day = Math.min(date.getUTCDate(), daysInMonth(year, month))
  return new Date(Date.UTC(year, month, day))
}

export function isLeapYear(year) {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export const iso = (date) => date.toISOString().slice(0, 10)
