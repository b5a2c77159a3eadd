"""One line at the head of an article taken apart: who publishes, and when.

Sites put outlet, by-line, section and date side by side in any order and with any mark between them; what is left of such a line, once date and
by-line are gone, is the outlet, if it is written like a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from simplemma import is_known

from rag.dates import find_dates, full_date
from rag.lexicon import place
from rag.periods import WEEKDAYS

LONGEST = 120  # characters of such a line
WORDS = 7  # of an outlet's name
_LONG = 5  # words of one that is called so: a headline has more
SHORT = 5  # letters of an agency's
_FIGURES = re.compile(r"(?<![\d./-])\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d(?!\d)")
_BETWEEN = re.compile(r"\s[-–—/|·•]+(?:\s|$)|[|·•;]|,\s|(?<!\b[A-Z])\.\s|\s?[()]\s?|:\s")
_CREDIT = re.compile(r"\b(?:text|words(?: and \w+)?|story|report(?:ing|ed)?(?: by)?|author|writer): ", re.IGNORECASE)
_BY = re.compile(
    r"^(?:(?:(?i:by)(?: the)?|(?:Words|Story|Text|Report|Reported|Reporting|Reportage|Portrait|Opinion|Analysis|Essay|Interview|Review|Posted|Written|(?:Match|Court) report) by) (?=[A-Z])(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"January|February|March|April|May |June|July|August|September|October|November|December)"
    r"|(?i:from our|our|staff)\b(?=.{0,30}\b(?:correspondents?|reporters?|writers?|staff|own)\b|$)"
    r"|(?:(?:[\w’'-]+ ){0,3}(?:correspondent|reporter|columnist|editor)|(?:Staff|Senior|Chief|Special|Political|Foreign) (?:Reporter|Correspondent|Editor|Writer))(?:$|(?: [A-Z][\w’'-]+){1,3}$| (?:in|at) [A-Z]))"
)
_PHOTO = re.compile(r"\b(?:photos?|photograph|image|picture|getty)\b|\((?:left|right|centre|center)\)", re.IGNORECASE)
_PEOPLE = re.compile(r"^[A-Z]\S+ [A-Z]\S+ and [A-Z]\S+ [A-Z]\S+$")
_FOR = re.compile(r"\bfor (?:the (?=[A-Z]))?([A-Z].*)$")  # "By Ann Roe for the Bay Post"
LED = re.compile(
    r"^(?:.* )?(?:carried by |(?:published|posted) (?:in|by) )|^(?:(?:first |last |latest )?(?:published|posted|updated?|modified|issued)|(?:publish|publication) date)(?: (?:on|at|in|by))?\b:? ?",
    re.IGNORECASE,
)
_FURNITURE = re.compile(  # beside the story, on a line of its own
    r"^(?:copy link|gift (?:this )?article|listen\b.*|add as .*|(?:file )?photos?\b.*|photograph\b.*|credits?\b.*|tags?\b.*|topics?\b.*|read more|follow\b.*|more (?:on|from) .*"
    r"|markets today|advertisement|(?:posted|filed) in .*|admin\b.*)$|[@:]",
    re.IGNORECASE,
)
_WRITES = re.compile(  # who can only be a writer, or several
    r"^(?:(?:Dr|Mr|Mrs|Ms|Prof|Professor|Sir)\b\.?|[A-Z]\.(?: [A-Z]\.)?) [A-Z][a-z]|\b(?:correspondents?|reporters?|editor|staff|agencies|analyst|columnist|contributor|follow)\b",
    re.IGNORECASE,
)
GIVEN = frozenset(  # the first names of many who write
    """aaron adam alan alex alexander alice amanda amy andrea andrew angela ann anna anne anthony ben benjamin brian caroline catherine charles charlotte chris christian christina christopher
    claire daniel david diana edward elena elizabeth emily emma eric eva frank george hannah harry helen henry hugo ian ivan jack james jane jason jennifer jessica joan joe john jonathan
    joseph julia julie karen kate katherine kevin kim laura lauren linda lisa lucy luke maria mark martin mary matt matthew megan michael michelle mike mohammed nancy natalie nick nicholas
    nicole oliver olivia patrick paul peter philip rachel rebecca richard robert rosa ruth ryan sam samuel sara sarah scott simon sophia sophie stephanie stephen steve steven susan
    thomas tim tom victoria william""".split()
)
_CITY_NAME = re.compile(
    r"^(?:New|San|Hong|Los|Las|Santa|São|Sao|Saint|St|Addis|Abu|Tel|Kuala|Buenos|Rio|Cape|Port|Fort|Mexico|Panama|Guatemala) [A-Z]\w+(?:, [A-Z]\w+)?$"
)
_LABEL = re.compile(
    r"^(?:published|posted|issued|date|dated|first published|(?:last )?updated?|on|at|in|source|outlet|publisher|gmt|utc|[a-z]{1,4}t|[ap]\.?m\.?|\d[\d:.h ]*(?: ?(?:[ap]\.?m\.?|(?:gmt|utc)(?:[+-]\d+)?|[a-z]{1,4}t))*|\d+ min(?:utes?)?(?: read)?"
    r"|(?:updated? )?(?:\d+|an?) \w+ ago|(?:\w+ )?issue(?: [\d/]+)?|vol\.?|no\.?|aa|print|save|share|listen|sign in|text size|subscribe\b.*|newsletters?|\d+ comments?|comments?(?: \d+)?|breaking(?: news)?|caption|"
    + "|".join(day.lower() for day in WEEKDAYS)
    + r"|(?:mon|tue|wed|thu|fri|sat|sun)\.?)$",
    re.IGNORECASE,
)
_TOPIC = (
    r"(?:arts?|business|companies|courts?|crime|culture|diplomacy|economy|education|energy|entertainment|environment|finance|food|health|health ?care|law|life|lifestyle|markets|media|money|opinion"
    r"|people|politics|property|religion|science|society|sports?|style|technology|transport|travel|weather|world)"
)
_SECTION = re.compile(
    rf"^{_TOPIC}(?: (?:&|and) {_TOPIC})*(?: news)?$|^(?:real estate|human rights|top stories|news desk|[\w-]+ politics|premier league|champions league|[\w-]+ war|in (?:brief|depth))$"
    r"|^(?:\w+ )?(?:edition|translated|brief|briefs|section|supplement|column|desk|page|feature)$|^(?:[\w’']+ in brief|long read|q&a)$"
    r"|^(?:home|latest|top|breaking|local|national|news|analysis|explainer|obituary|commentary|comment|essay|interview|profile|portrait|editorial|letters|reportage|roundup|correction"
    r"|international|press release|for immediate release|middle east|africa|europe|asia)(?: news)?$|^[^>]+>",
    re.IGNORECASE,
)
_PRESS = re.compile(  # what outlets call themselves
    r"\b(?:Advertiser|Agency|Argus|Beacon|Broadcasting|Bulletin|Chronicle|Clarion|Courier|Democrat|Digest|Dispatch|Echo|Examiner|Exchange|Express|Free Press|Gazette|Globe|Guardian|Herald|Independent|Inquirer"
    r"|Journal|Leader|Ledger|Letter|Magazine|Mail|Media|Mercury|Messenger|Mirror|Monitor|Network|News|Newsline|Newswire|Observer|Online|Packet|Post|Press|Radio|Record|Reminder|Report|Reporter|Review"
    r"|Sentinel|Standard|Star|Telegraph|Television|Times|Today|Tribune|TV|Voice|Weekly|Wire|\w*blad(?:et)?|\w*[Tt]idende|\w*[Pp]osten|\w*[Zz]eitung|\w*[Tt]agblatt|\w*Kur[iy]er(?:en)?|Noticias|Notícias|Nachrichten|Hoy|Hírek|Matin)"
    r"(?: (?:Agency|Service|Group|Online|Daily|Weekly|Science|Desk|Africa|Asia|Europe|International|Magazine))*$"
    r"|^(?:Daily|Radio|Agence|Agencia|Agenzia|Voice of|Review of|Journal of|Di[aá]rio|Jornal|Correio|Gazeta|Gazzetta|Corriere|Courrier|El Faro|Le Quotidien|Revista) |\b(?:Daily|Review of \w+)$",
    re.IGNORECASE,
)
_SMALL = frozenset("of for on and the & de do da dei del della di du des der die das la le el y e et og och und en in".split())
_ARTICLES = _SMALL | frozenset("al il lo los las les".split())
_EDITION = re.compile(  # what an outlet adds to its name
    r"(?:[,(]| [-–—])? ?\(?\b(?:(?:in )?english(?:[- ]language)?(?: (?:edition|service|pages|summary|digital|version))?|(?:\w+ )?edition|in translation|(?-i:digital|magazine|newsletter|web ?site|feature))\)?$",
    re.IGNORECASE,
)
_LIKE_PRESS = re.compile(r"^The |&|\b(?:of|for|dei|and|das)\b")  # what persons' names have not


@dataclass(frozen=True, slots=True)
class HeadLine:
    """What a line of the head states: its outlet and its date, "" for what it does not; `named` where only an outlet is called so."""

    outlet: str
    date: str
    named: bool


def read_line(line: str) -> HeadLine | None:
    """A line that consists of outlet, date, by-line and section, of which it has a date or a by-line; None for any other.

    >>> read_line("By Ann Roe / Bay Post / 3 May 2024")
    HeadLine(outlet='Bay Post', date='3 May 2024', named=True)
    >>> read_line("The ferry was back on 3 May 2024.") is None, read_line("Ferry returns to Skye") is None
    (True, True)
    """
    dates = dates_in(line)
    ended = re.search(r"[.!?][”\"’')]*$", line) and not re.search(r"\d ?[ap]\.m\.$", line)
    if len(line) > LONGEST or len(dates) > 1 or ended or _PHOTO.search(line):
        return None
    start, end, stated = dates[0] if dates else (len(line), len(line), "")
    pieces = [LED.sub("", p.strip(" .,–—-/")) for p in _BETWEEN.split(_CREDIT.sub("by ", f"{line[:start]} | {line[end:]}"))]
    by = [p for p in pieces if _BY.match(p)]
    pieces += [served[1] for p in pieces if (served := _FOR.search(p)) and (p in by or p.startswith("for "))]
    rest = [p for p in pieces if p and p not in by and not _LABEL.match(p)]
    led = bool(by) and (pieces[0] in by or is_outlet(pieces[0]))
    if not (dates or (led and len(pieces) > 1)) or not all(_is_aside(p) or _is_title(name_of(p)) for p in rest):
        return None
    if dates and is_section(pieces[0]):  # "Sport, 3 May 2024, Elif Karadere"
        rest = [p for p in rest if not (line.find(p) > start and is_person(p))]
    names = [p for p in map(name_of, rest) if _is_title(p) and not place(p.casefold()) and not _is_city(p) and not is_no_outlet(p)]
    outlet = next((p for p in names if is_outlet(p)), "") or _likeliest(names, line, by=bool(by), dated=bool(dates))
    home = re.match(r"(, [A-Z]\w+)(?:,| \W|$)", line[line.find(outlet) + len(outlet) :])
    full = outlet + home[1] if outlet and home and place(home[1][2:].casefold()) else outlet  # with the country that it gives itself
    return HeadLine(full, stated, is_outlet(outlet)) if dates or outlet else None


def dates_in(line: str) -> list[tuple[int, int, str]]:
    """Where a line states a day in full, or a month, and the words of the day, "" of a month."""
    found = [(m.start, m.end, m.text if m.day else "") for m in find_dates(line) if m.complete and not m.text.isdigit()]
    return found or [(m.start(), m.end(), m.group()) for m in _FIGURES.finditer(line) if full_date(m.group())]


def _likeliest(names: Sequence[str], line: str, *, by: bool, dated: bool) -> str:
    """The outlet among names of which none is called so: what is no person's, else the first; beside a by-line alone only one between marks of its own."""
    certain = next((p for p in names if _LIKE_PRESS.search(p)), "")
    first = names[0] if len(names) == 1 or (names and not by) else ""  # of several beside a by-line some may be writers
    if by and not dated:
        own = re.search(rf"[/|·•-] {re.escape(first)}|\bfor (?:the )?{re.escape(first)}", line)
        return first if " " in first and own else ""
    return certain or first


def is_section(words: str) -> bool:
    """Whether a few words name a section of a paper, or a sort of article: "World news", "Obituary"."""
    return bool(_SECTION.search(words))


def is_no_outlet(words: str) -> bool:
    """Whether a few words are a section's, a common word, page furniture, a city, a credit, or two persons.

    >>> is_no_outlet("Consumer"), is_no_outlet("Words: Elif Roe"), is_no_outlet("Elif Roe"), is_no_outlet("Coastal Sport")
    (True, True, False, False)
    """
    if is_outlet(words):
        return False
    word = " " not in words and not words.isupper() and not _PRESS.search(words) and is_known(words.lower(), "en")
    return bool(
        is_section(words)
        or word
        or _FURNITURE.search(words)
        or _WRITES.search(words)
        or _CITY_NAME.match(words)
        or words.endswith((" of", " by", " in", " from"))  # "Issue of 3 May"
        or _BY.match(_CREDIT.sub("by ", words))
        or _PEOPLE.match(words)
    )


def is_person(words: str) -> bool:
    """Whether two or three words may be a person's: a common first name, or none an English word or an article; none an outlet's.

    >>> is_person("Elif Karadere"), is_person("El Karadere"), is_person("Elif Morning")
    (True, False, False)
    """
    each = words.split()
    if 1 < len(each) < 4 and each[0].lower() in GIVEN and is_name(words) and not _PRESS.search(words):
        return True
    named = re.fullmatch(r"[\w'’.-]+(?: [\w'’.-]+){1,2}", words) and all(w[0].isupper() and not w.isupper() for w in each)
    return bool(named) and not _PRESS.search(words) and not any(is_known(w.lower(), "en") or w.lower() in _ARTICLES for w in each)


def is_outlet(words: str) -> bool:
    """Whether a name is an outlet's for certain.

    >>> is_outlet("Bay Post"), is_outlet("Bay Post, English edition"), is_outlet("Post Bay"), is_outlet("Ann Roe")
    (True, True, False, False)
    """
    name = name_of(words)
    return is_name(name) and 1 < len(name.split()) <= _LONG and bool(_PRESS.search(name))


def name_of(words: str) -> str:
    """An outlet's name without what it adds of its edition."""
    return _EDITION.sub("", words).rstrip() or words


def is_name(words: str) -> bool:
    """Whether a few words are written like a name: capitals but for small words, nothing that ends a sentence."""
    each = words.split()
    return (
        0 < len(each) <= WORDS
        and each[0][0].isupper()
        and all(w[0].isupper() or w in _SMALL for w in each)
        and not re.search(r"\d|[.!?…:;,]$", words)
    )


def _is_title(words: str) -> bool:
    """Whether a few words may be a name that is written as in another language: "Blick am Mittwoch"."""
    few = 0 < len(words.split()) <= 5 and words[0].isupper() and not re.search(r"\d|[^\W\dA-Z_]{3,} [^\W\dA-Z_]{3,}|[.!?…:;,]$", words)
    return is_name(words) or few


def _is_city(words: str) -> bool:
    """Whether a name is all in capitals, as cities are in a dateline, and neither long enough for a masthead nor short enough for an agency."""
    return words.isupper() and len(words.split()) <= 2 and len(words) > SHORT and not _PRESS.search(words)


def _is_aside(piece: str) -> bool:
    """A few words that are no name and may stand beside one: "translated", "web text", "English edition"."""
    return len(piece.split()) <= 3 and not re.search(r"[.!?]", piece) and (piece[0].islower() or is_section(piece))
