"""What somebody calls a password, a key or a token in the text: by that alone it must never be learned.

No vocabulary is at hand here. So what is no secret after such a name is told by a list of the words that stand there in
prose: with one of them go on 88 % of the 2,277 places behind the word password in the training text. At the others a
word or two are not learned, whatever they are.
"""

from __future__ import annotations

import regex

_ORDINARY = """
a about access account across actually again all also always am an and any anymore anyone anywhere app apps are as
asked asks at attempt attempts auth authentication automatically back based be because been before being besides box
but by can cannot change changed changes changing code codes combination compromised correct could couldn crack
cracker cracking credentials data database did didn do does doesn don done down each easy either else email empty
encrypted encryption enough etc even every everywhere exchange exists expired expires field fields file files first
flow for forgotten form forms from generated generation generator generators gets getting given go goes going gone
good got had has hash hashed hashes hashing have he help her here hers him his history how however hygiene i if in
incorrect information input instead into invalid is isn issue issues it its itself just keeper keepers known later
leak leaked leaks length less let like list locally login logins lost made management manager managers matches may
maybe me means menu might mine missing more must my name nearly needed needs never new no none nor not nothing now
number numbers obviously of off ok okay old on once one only optional or our out over page pages people per please
policies policy pretty problem problems prompt prompts protect protected protection protects public quite random
rather really recovery required requirement requirements reset resets resetting right rotation rules safe said same
says screen secure security send sent service session set sets setting settings shall sharing she should since so some
somehow something somewhere soon sound still stolen storage store stored stores stories strength strong such sync
system systems than thanks that the their them then there these they thing things this those through time to today
together tomorrow too tried tries try twice typed under unique unless until up us use used user username users using
vault very via was wasn way we weak well were what when where whether which while who whom whose why will window with
within without won work works would wouldn wrong yes yesterday yet you your
aber als am an auch auf aus bei das dass dem den der des die doch du ein eine er es falsch für geht gut hat hier ich
ihr im in ist ja kann man mein mit nach nicht noch nur oder richtig schon sehr sein sich sie sind so und uns vergessen
von war was wenn wie wir wird wo zu zum zur
"""
"""What may stand behind the word password in prose, large or small: it neither is one nor goes on with one."""
CALLED_SECRET = regex.compile(
    r"""\b (?: (?<name>
             (?<word> pass(?:word|phrase|code|wd) | passwort | kennwort ) | pwd
           | pin (?: \s (?:code|number) )?
           | (?: api | secret | private | access | license | recovery | wi-?fi | wlan ) [ -]
             (?: key | token | code | pass | secret ) ) s?
        (?: (?&of)? (?&is)? (?&sign) \s* (?P<secret> (?&any) (?&more) )
          | (?&of)? (?: (?&is) | \s+ [-–—]+ ) \s+ (?P<secret> (?&free) (?&more) )
          | (?(word) \s+ (?P<secret> (?&free) (?&more) ) | (?!) ) )
      | (?&label) \s* (?P<secret> (?&free) (?&more) )
      | (?: change | set | reset ) [ds]? (?: \s \p{L}++ ){0,2} \s (?&name) \s to \s+ (?P<secret> (?&free) (?&more) )
      | log-?in \s* :? \s+ \S++ \s+ / \s+ (?P<secret> (?&any) (?&more) ) )
    (?(DEFINE)
        (?<of> \s+ (?: for | of | to | on | at | in | from | für | von | zum | zur ) (?: \s+ [^\s.,;:!?=]++ ){1,4}? )
        (?<is> \s+ (?: is | was | are | were | ist | war | lautet | (?: changed | set | reset ) \s to ) \b
               (?: \s+ (?: now | still | just | currently | probably | simply ) \b )? | ['’]s\b )
        (?<sign> \s* [:=→]++ )
        (?<any> \S++ )
        (?<label> (?: pass | pw | secret | token | key | login | log-in | seed ) s? (?&is)? (?&sign) )
        (?<free> (?! (?&label) )
          (?! ["'“‘(]* (?: \L<ordinary> | (?&name) ) (?: ['’]\p{L}{1,2} )? (?= [\s.,;:=!?)"'”’] | \Z ) ) \S++ )
        (?<more> (?: (?<! [.,;:!?)] ) [^\S\n]++ (?&free) ){0,23} )
    )""",
    regex.VERBOSE | regex.IGNORECASE,
    ordinary=frozenset(_ORDINARY.split()),
)
"""What somebody calls a secret is one, and so is what stands with it, up to a mark or an ordinary word: correct horse
battery staple. After a sign (password: ...) whatever stands there is; else only what is no ordinary word."""
