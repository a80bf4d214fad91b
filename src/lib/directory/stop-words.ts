/** Words that say nothing about a service. Folded. */
const stopWords = new Set(
	(
		'ja tai on ei en et mina sina han me te se ne joka jos kun niin kanssa miten missa mista mita mika mihin voi voiko saa saan saako pitaa ' +
		'etta myos sen sita tama taman ovat olla ole oma oman kuin seka jossa josta jotka voit sinun mutta ' +
		'och eller ar inte jag du att ett den det som om i pa for med till hur var vad kan far av de din ditt dig vi man sig har ' +
		'the a an and or is are to of in on for my i you how where what can with your it that this be at by from as if not have has do ' +
		'и в на с по к о у не как где что я мне для из от это за вы вам или все при также если ' +
		'و في من على الى عن ما هل كيف اين انا او ان التي الذي هذا هذه از به در که را این است با برای'
	).split(' ')
);

/** Whether a folded word is left out of index and query. */
export const isStopWord = (term: string): boolean => stopWords.has(term);

/** Words for asking and doing that stand beside any matter: what else a query says counts more. Folded, as they are said. */
const lightWords = new Set(
	(
		'apu apua avun neuvo neuvoja neuvonta neuvontaa tekeminen teko tehda hakeminen hakea haku hakemus hakemuksen ottaminen saaminen hoitaminen ' +
		'tarvitsen haluan muutos muuttaminen vaihtaminen aloittaminen tilaaminen varaaminen ilmoittaminen ilmoittautuminen palvelu palvelut palvelua ' +
		'maksu hinta aukiolo aukioloajat yhteystiedot ' +
		'hjalp ansokan ansoka behover vill service tjanst radgivning ' +
		'help apply application get need want service services advice information ' +
		'помощь получить оформить нужен нужна хочу услуги заявление допомога отримати потрібна ' +
		'مساعده طلب خدمه اريد كمك درخواست caawimaad codsi '
	)
		.trim()
		.split(/\s+/)
);

/** Whether a folded word of a query says little beside others. */
export const isLightWord = (term: string): boolean => lightWords.has(term);
