"""Makers of what is private: each returns one invented value, written the many ways in which people write it."""

from collections.abc import Callable
from random import Random

from shangliang.analysis.redact_corpus import words

_FULL_WIDTH = str.maketrans(
    "0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "０１２３４５６７８９－ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
)
_SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")
_WRITTEN = str.maketrans("0123456789", "〇一二三四五六七八九")
_SMALL = "零一二三四五六七八九十"


def _digits(random: Random, many: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(many))


def mobile(random: Random) -> str:
    """Return an eleven-digit mobile number, joined, in groups, full-width or spelt out."""
    bare = "1" + random.choice("3456789") + _digits(random, 9)
    three, four, last = bare[:3], bare[3:7], bare[7:]
    return random.choice([
        bare, bare, bare, bare, f"{three} {four} {last}", f"{three}-{four}-{last}", f"{three}.{four}.{last}",
        f"{bare[:4]} {bare[4:7]} {last}", f"+86{bare}", f"+86 {three} {four} {last}", f"86-{bare}", f"{three}－{four}－{last}",
        bare.translate(_FULL_WIDTH), bare.translate(_SPOKEN), bare.translate(_WRITTEN), " ".join(bare),
        bare.translate(_SPOKEN)[:3] + bare[3:], f"{three}，{four}，{last}", f"{bare[:5]} {bare[5:]}",
    ])  # fmt: skip


def landline(random: Random) -> str:
    """Return a number with an area code, a local one with an extension, or a 400 number."""
    area = "0" + random.choice(["10", "21", "571", "731", "755", "28", "851", "991", "20"])
    local = random.choice("2345678") + _digits(random, 7 if len(area) == 3 else random.choice([6, 7]))
    toll_free = "400" + random.choice("016789") + _digits(random, 6)
    return random.choice([
        f"{area}-{local}", f"{area}{local}", f"({area}){local}", f"（{area}）{local}", f"{area} {local}", f"{area}—{local}",
        f"{area}-{local[:4]} {local[4:]}", f"{area}-{local}转{random.randint(100, 999)}", toll_free,
        f"{toll_free[:3]}-{toll_free[3:6]}-{toll_free[6:]}", f"{toll_free[:4]}-{toll_free[4:7]}-{toll_free[7:]}",
        f"{area}-{local}".translate(_FULL_WIDTH),
    ])  # fmt: skip


def identity(random: Random) -> str:
    """Return an id number with its check sign (ISO 7064 MOD 11-2), joined, in groups or with a small x."""
    day = f"{random.randint(1938, 2012)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    body = f"{random.randint(11, 65)}{_digits(random, 4)}{day}{_digits(random, 3)}"
    rest = 0
    for sign in body:
        rest = (rest + int(sign)) * 2 % 11
    check = (12 - rest) % 11
    number = body + ("X" if check == 10 else str(check))
    return random.choice([
        number, number, number, number.lower(), f"{number[:6]} {number[6:14]} {number[14:]}",
        f"{number[:6]}-{number[6:14]}-{number[14:]}", number.translate(_FULL_WIDTH),
    ])  # fmt: skip


def card(random: Random) -> str:
    """Return a bank card number of 16 or 19 digits that passes the Luhn check, joined or in fours."""
    body = random.choice(["62", "6217", "6228", "4", "5", "35"])
    body += _digits(random, random.choice([15, 18]) - len(body))
    check = next(end for end in "0123456789" if luhn(body + end))
    number = body + check
    fours = [number[at : at + 4] for at in range(0, len(number), 4)]
    return random.choice([number, number, " ".join(fours), "-".join(fours), number.translate(_FULL_WIDTH)])


def luhn(number: str) -> bool:
    """Tell whether the digits pass the check of ISO/IEC 7812-1, counted from the right."""
    total = 0
    for place, sign in enumerate(reversed(number)):
        value = int(sign) << place % 2
        total += value // 10 + value % 10
    return total % 10 == 0


def plate(random: Random) -> str:
    """Return a plate of five signs, or six for a new-energy car, with dots, blanks or full-width signs."""
    where, office = random.choice(words.PLATE_PLACES), random.choice("ABCDEFGHJK")
    five = "".join(random.sample("0123456789", 4)) + random.choice("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    five = random.choice([five, five[::-1], five[:2] + random.choice("KMNPQ") + five[3:]])
    six = random.choice("DF") + _digits(random, 5)
    tail = random.choice([five, five, six])
    bare = where + office + tail
    return random.choice([
        bare, bare, bare, f"{where}{office}·{tail}", f"{where}{office} {tail}", f"{where}{office}-{tail}",
        f"{where}{office}.{tail}", bare.lower(), bare.translate(_FULL_WIDTH), f"{where} {office}{tail}", f"{where}{office}•{tail}",
    ])  # fmt: skip


def mail(random: Random) -> str:
    """Return a mail address, now and then with full-width at or spelt in capitals."""
    name = (
        random.choice(words.LETTERS)
        + random.choice(["", ".", "_", "-"])
        + random.choice([*words.LETTERS, _digits(random, 4)])
    )
    address = f"{name}@{random.choice(words.MAIL_HOSTS)}"
    return random.choice(
        [
            address,
            address,
            address,
            address.upper(),
            address.replace("@", "＠"),
            f"{_digits(random, 8)}@qq.com",
        ]
    )


def wechat(random: Random) -> str:
    """Return a WeChat name: a letter first, 6 to 20 letters, digits, dashes and underscores."""
    name = random.choice(words.LETTERS) + random.choice(["", "_", "-"]) + random.choice(["", *words.LETTERS])
    return name + _digits(random, random.randint(max(2, 6 - len(name)), 6))


def qq(random: Random) -> str:
    """Return a QQ number of 5 to 11 digits."""
    many = random.choice([6, 8, 9, 9, 10, 10])
    number = random.choice("123456789") + _digits(random, many - 1)
    return random.choice([number, number, number, number.translate(_FULL_WIDTH)])


def _in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _SMALL[ones]
    return ("" if tens == 1 else _SMALL[tens]) + "十" + (_SMALL[ones] if ones else "")


def home(random: Random) -> str:
    """Return the private end of an address: house, entrance and room, the way residents write them."""
    house, entrance, floor = random.randint(1, 38), random.randint(1, 4), random.randint(1, 33)
    room = f"{floor}{random.randint(1, 6):02}"
    letter, end = random.choice("ABCD"), random.choice(["室", "室", "号", "房", "户", ""])
    return random.choice([
        f"{house}栋{entrance}单元{room}{end}", f"{house}幢{room}{end}", f"{house}号楼{room}{end}", f"{house}栋{room}{end}",
        f"{house}号楼{entrance}单元{room}{end}", f"{letter}座{room}{end}", f"{letter}{entrance}栋{room}室",
        f"{_in_words(house)}栋{_in_words(entrance)}单元{room}{end}", f"{house}号{room}室", f"{house}-{entrance}-{room}",
        f"{house}栋{entrance}单元{floor}楼{room}", f"{house}#{room}", f"{room}室", f"第{house}栋{room}房",
        f"{house} 栋 {entrance} 单元 {room} 室", f"{house}栋{entrance}门{room}", f"{house}栋{entrance}单元{floor}楼左户",
        f"{house}栋{''.join(_SMALL[int(sign)] for sign in room)}室",
    ])  # fmt: skip


def house_number(random: Random) -> str:
    """Return the number of a house on its road, lane or village group, without the name before it."""
    number = random.randint(1, 480)
    return random.choice([f"{number}号", f"{number}号", f"{number}号{random.randint(1, 9)}0{random.randint(1, 4)}室",
                          f"{number}号之{random.choice('一二三')}", f"{number}-{random.randint(1, 9)}号"])  # fmt: skip


def name(random: Random) -> str:
    """Return the full name of somebody: mostly two or three signs, a few compound surnames and names from afar."""
    if random.random() < 0.02:
        return random.choice(words.FAR_NAMES)
    first = random.choice(words.LONG_SURNAMES if random.random() < 0.04 else words.SURNAMES)
    last = random.choice(words.GIVEN_LAST)
    return first + (last if random.random() < 0.2 else random.choice(words.GIVEN_FIRST) + last)


def surname(random: Random) -> str:
    """Return a surname that stands before a form of address."""
    return random.choice(words.LONG_SURNAMES if random.random() < 0.03 else words.SURNAMES)


MAKERS: dict[str, tuple[str, Callable[[Random], str]]] = {
    "手机": ("手机号", mobile), "座机": ("座机号", landline), "证": ("身份证号", identity), "卡": ("银行卡号", card),
    "牌": ("车牌号", plate), "邮": ("邮箱", mail), "微": ("微信号", wechat), "扣": ("QQ号", qq),
    "门": ("门牌号", home), "号": ("门牌号", house_number), "名": ("姓名", name), "姓": ("姓名", surname),
}  # fmt: skip
