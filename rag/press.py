"""What stands in the head of an article, by what it is called: outlets, sections, furniture of the page, jobs, persons. Hints, none of them sure."""

from __future__ import annotations

import re
from functools import lru_cache

from simplemma import is_known

NAME = 7  # words of an outlet's name at most
SECTION = re.compile(
    r"^(?:(?:the|our|more)? ?(?:arts?|books?|business|companies|courts?|crime|culture|diplomacy|economy|education|energy|entertainment|environment|finance|food|health|law|life|lifestyle|local|markets?|media|money|opinion"
    r"|people|politics|property|regional?|religion|science|society|sports?|style|tech(?:nology)?|transport|travel|weather|world|home|latest|top|breaking|national|nation|news|analysis|explainer|obituar(?:y|ies)|comment(?:ary)?"
    r"|essays?|interview|profile|portrait|editorial|letters|reportage|roundup|correction|international|middle east|africa|europe|asia|americas|features?|desk|page|section|edition|briefs?|column|review|long read|q&a"
    r"|in|the|of|and|&|from|on|city|county|state|live|updates?|special|weekend|magazine|notes?|stories|press release|for immediate release)(?:$|[ /&]+))+$",
    re.IGNORECASE,
)
FURNITURE = re.compile(
    r"^(?:copy link|share\b.*|save|print\b.*|listen\b.*|aa\b.*|text size|gift .*|add as .*|tags?\b.*|topics?\b.*|read\b.*|reading\b.*|follow\b.*|more (?:on|from)\b.*|advertisement|skip to .*|sign (?:in|up).*|subscribe.*"
    r"|log ?in.*|menu|search|back to.*|\d+ min.*|\d+ comments?.*|comments?\b.*|leave a .*|newsletters?|e-?mail.*|facebook|twitter|x|whatsapp|caption|you (?:are|get|receive).*|(?:updated? )?(?:\d+|an?) \w+ ago|est\. \d+|established.*|founded.*|since \d+)$",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\b(?:issue|vol(?:ume)?|no|nr|page|p|edition|part|episode|ep|chapter)\b\.? ?[\d/]+|№", re.IGNORECASE)
JOB = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|staff|agencies|analyst|columnist|contributors?|writer|bureau|desk|team|critic|photographer|author|journalist|intern|fellow|professor|lecturer|director|chair(?:man|woman)?|president|secretary|minister|ambassador|spokes\w+|researcher)\b",
    re.IGNORECASE,
)
RANK = re.compile(r"^(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir|Sister|Father|Rev|Capt|[A-Z])\b\.? [A-Z]")
GIVEN = frozenset(  # the first names of many who write
    """aaron adam alan alex alexander alice amanda amy andrea andrew angela ann anna anne anthony ben benjamin brian caroline catherine charles charlotte chris christian christina christopher
    claire daniel david diana edward elena elizabeth emily emma eric eva frank george hannah harry helen henry hugo ian ivan jack james jane jason jennifer jessica joan joe john jonathan
    joseph julia julie karen kate katherine kevin kim laura lauren linda lisa lucy luke maria mark martin mary matt matthew megan michael michelle mike mohammed nancy natalie nick nicholas
    nicole oliver olivia patrick paul peter philip rachel rebecca richard robert rosa ruth ryan sam samuel sara sarah scott simon sophia sophie stephanie stephen steve steven susan
    thomas tim tom victoria william""".split()
)
PRESS = re.compile(  # what outlets call themselves
    r"\b(?:Advertiser|Agency|Argus|Beacon|Broadcasting|Bulletin|Champion|Chronicle|Clarion|Courier|Democrat|Digest|Dispatch|Echo|Examiner|Exchange|Express|Free Press|Gazette|Globe|Guardian|Herald|Independent|Inquirer"
    r"|Journal|Leader|Ledger|Letter|Magazine|Mail|Media|Mercury|Messenger|Mirror|Monitor|Network|News|Newsline|Newswire|Observer|Online|Packet|Post|Press|Quarterly|Radio|Record|Register|Reminder|Report|Reporter|Review"
    r"|Sentinel|Standard|Star|Telegraph|Television|Times|Today|Tribune|TV|FM|Voice|Weekly|Wire|\w*blad(?:et)?|\w*[Tt]idende|\w*[Pp]osten|\w*[Zz]eitung|\w*[Tt]agblatt|\w*[Bb]ote|\w*Kur[iy]er(?:en)?|Noticias|Notícias|Nachrichten|Hoy|Hírek|Matin)"
    r"(?: (?:Agency|Service|Group|Online|Daily|Weekly|Science|Desk|Africa|Asia|Europe|International|Magazine))*$"
    r"|^(?:Daily|Radio|Agence|Agencia|Agenzia|Voice of|Review of|Journal of|Di[aá]rio|Jornal|Correio|Gazeta|Gazzetta|Corriere|Courrier|El Faro|Le Quotidien|Revista|L['’]Écho|La Tribuna) |\b(?:Daily|Review of \w+)$",
    re.IGNORECASE,
)
ABROAD = frozenset(  # the same in other languages: news, paper, day, voice, courier
    """avis avisen avisa tidning tidningen tidende blad bladet nytt nyt uutiset sanomat lehti leht teataja postimees diena zinios vestis glas glasnik novine novosti vijesti vesti vecer
    vecernji danas delo dnevnik noviny denik listy dnes novice gazeta kurier tygodnik dziennik glos hirlap hirek naplo ujsag hirszolgalat ziarul curierul monitorul poshta utro sega vestnik
    pravda izvestia gazete gazetesi haber haberler postasi sabah aksam oggi giornale corriere gazzetta messaggero voce stampa mattino quotidiano diario heraldo noticias mundo voz prensa
    tribuna jornada nacion mercurio cronica cuaderno jornal folha correio publico hebdo presse depeche echo courrier messager matin soir quotidien progres zeitung anzeiger nachrichten
    rundschau tagblatt tageblatt bote blick volksstimme krant dagblad nieuws courant magazin magazine revue revista rivista shimbun shimpo nichi nippo ribao sinmun ilbo balita pagi harian
    kompas suara berita warta akhbar khabar samachar patrika dainik sandesh agencia agenzia agence agentur agencija hoy sport business trade economia economie rijec kronika
    radio channel network bulletin letter gazet""".split()
)
SMALL = frozenset(
    "of for on and the & de do da dei del della di du des der die das dell la le el y e et og och und en in al il lo los las les van von i no na".split()
)
EDITION = re.compile(  # what an outlet adds to its name
    r"(?:[,(]| [-–—])? ?\(?\b(?:(?:in )?english(?:[- ]language)?(?: (?:edition|service|pages|digest|summary|digital|version|desk))?|(?:\w+ )?edition|in translation|translated|(?-i:bulletin|news ?desk|digital|magazine|newsletter|web ?site|feature))\)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def common(word: str) -> bool:
    return bool(is_known(word.strip("'’.,").lower(), "en"))


def is_person(words: str) -> bool:
    """Whether two or three words may be a person's: a common first name, or none an English word or an article; none an outlet's.

    >>> is_person("Elif Karadere"), is_person("El Karadere"), is_person("Elif Morning")
    (True, False, False)
    """
    each = words.split()
    if 1 < len(each) < 4 and each[0].lower() in GIVEN and is_name(words) and not PRESS.search(words):
        return True
    named = re.fullmatch(r"[\w'’.-]+(?: [\w'’.-]+){1,2}", words) and all(w[0].isupper() and not w.isupper() for w in each)
    return bool(named) and not PRESS.search(words) and not any(common(w) or w.lower() in SMALL for w in each)


def is_name(words: str) -> bool:
    """Whether a few words are written like a name: capitals but for small words, nothing that ends a sentence."""
    each = words.split()
    return (
        0 < len(each) <= NAME
        and each[0][0].isupper()
        and all(w[0].isupper() or w in SMALL for w in each)
        and not re.search(r"\d|[.!?…:;,]$", words)
    )
