import { lookup } from '#lib/directory/fallback.ts';
import { pageLanguages } from '#lib/directory/take-away/page-phrases.ts';

/**
 * Weekdays in the content languages, Monday first, in their order: browsers do not know all of these languages, and a poster must not change with
 * the phone that prints it. Source: CLDR 48; for Dari those of Persian, as there.
 */
// prettier-ignore
const names = [
	'maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai',
	'måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag',
	'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday',
	'понедельник|вторник|среда|четверг|пятница|суббота|воскресенье',
	'esmaspäev|teisipäev|kolmapäev|neljapäev|reede|laupäev|pühapäev',
	'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche',
	'lunes|martes|miércoles|jueves|viernes|sábado|domingo',
	'الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد',
	'Isniin|Talaado|Arbaco|Khamiis|Jimco|Sabti|Axad',
	'دوشنبه|سه‌شنبه|چهارشنبه|پنجشنبه|جمعه|شنبه|یکشنبه',
	'วันจันทร์|วันอังคาร|วันพุธ|วันพฤหัสบดี|วันศุกร์|วันเสาร์|วันอาทิตย์',
	'星期一|星期二|星期三|星期四|星期五|星期六|星期日',
	'понеділок|вівторок|середа|четвер|пʼятниця|субота|неділя',
	'Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi|Pazar',
	'دووشەممە|سێشەممە|چوارشەممە|پێنجشەممە|ھەینی|شەممە|یەکشەممە',
	'duşem|sêşem|çarşem|pêncşem|înî|şemî|yekşem',
	'Thứ Hai|Thứ Ba|Thứ Tư|Thứ Năm|Thứ Sáu|Thứ Bảy|Chủ Nhật',
	'e hënë|e martë|e mërkurë|e enjte|e premte|e shtunë|e diel',
	'دوشنبه|سه‌شنبه|چهارشنبه|پنجشنبه|جمعه|شنبه|یکشنبه',
	'دونۍ|درېنۍ|څلرنۍ|پينځنۍ|جمعه|اونۍ|يونۍ',
	'ሰኑይ|ሰሉስ|ረቡዕ|ሓሙስ|ዓርቢ|ቀዳም|ሰንበት',
	'ሰኞ|ማክሰኞ|ረቡዕ|ሐሙስ|ዓርብ|ቅዳሜ|እሑድ',
];

/** A weekday (ISO: 1 is Monday) in the reader's language, in English where there is none. */
export function weekdayName(weekday: number, wanted: string): string {
	const language = lookup(pageLanguages, wanted) ?? 'en';
	return names[pageLanguages.indexOf(language)]?.split('|')[weekday - 1] ?? '';
}
