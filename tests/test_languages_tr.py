"""Movements in Turkish sentences of many wars, and sentences that only look like it."""

import pytest
from foreign import Told, check, reading_of

from geomap.gazetteer import Gazetteer

TOLD = [
    Told("Türk askerleri pazartesi günü [Afrin]'den çekildi.", "Turkey", "Afrin", date="2020-03-16"),
    Told("ABD askerleri dün [Kobani]'deki üssü terk etti.", "United States", "Kobani", date="2020-03-17"),
    Told("Etiyopya ordusuna ait 30 kamyon [Mekelle]'ye girdi.", "Ethiopia", "", "Mekelle", vehicles=30),
    Told("Boko Haram militanları [Bama]'dan [Banki]'ye kaçtı.", "Boko Haram", "Bama", "Banki"),
    Told("Taliban [Kunduz]'u ele geçirdi.", "Taliban", "", "Kunduz"),
    Told("[Gazne] kenti Taliban tarafından ele geçirildi.", "Taliban", "", "Gazne"),
    Told("Irak ordusu [Rakka]'dan [Musul]'a ilerledi.", "Iraq", "Rakka", "Musul"),
    Told("Hindistan [Leh]'e 5 bin asker gönderdi.", "India", "", "Leh", troops=5000),
    Told("Rusya, birliklerini [Trablus]'tan çekecek.", "Russia", "Trablus", status="planned"),
    Told(
        "Başkan, Amerikan askerlerinin [Mogadişu]'dan çekilmesini emretti.",
        "United States",
        "Mogadişu",
        status="ordered",
    ),
    Told("Bakanlık, Rus birliklerinin [Trablus]'tan çekildiğini yalanladı.", "Russia", "Trablus", status="denied"),
    Told("Fransız askerleri [Gao]'dan çekilmedi.", "France", "Gao", status="denied"),
    Told("Irak güçleri [Musul]'a doğru ilerliyor.", "Iraq", "", "Musul", status="ongoing"),
    Told(
        "Suriye ordusuna ait konvoy [Hama]'dan [Serakib] üzerinden [Halep]'e gidiyor.",
        "Syrian government",
        "Hama",
        "Halep",
        "Serakib",
        status="ongoing",
    ),
    Told("Ermeni birlikleri [Laçın]'dan çekilmeye başladı.", "Armenia", "Laçın", status="ongoing"),
    Told("Husiler [Beyda] kentini ele geçirdi.", "Houthis", "", "Beyda"),
    Told("Pakistan ordusu yarın [Peşaver]'e girecek.", "Pakistan", "", "Peşaver", status="planned", date="2020-03-19"),
    Told("15 Mart'ta M23 isyancıları [Rutshuru]'yu işgal etti.", "M23", "", "Rutshuru", date="2020-03-15"),
    Told("400 İngiliz askeri [Tallinn]'e konuşlandırıldı.", "United Kingdom", "", "Tallinn", troops=400),
    Told("İsrail tankları üç gün önce [Refah]'a girdi.", "Israel", "", "Refah", date="2020-03-15"),
    Told("Çin savaş gemileri geçen hafta [Cibuti]'ye ulaştı.", "China", "", "Cibuti", date="2020-03-09/2020-03-15"),
    Told("Eritre askerleri [Aksum]'dan [Şiraro] yönüne çekildi.", "Eritrea", "Aksum", "Şiraro"),
    Told("Sudan ordusu [Omdurman]'ın kontrolünü ele geçirdi.", "Sudanese army", "", "Omdurman"),
    Told("Polise göre Kenya askerleri [Garissa]'dan [Dhobley]'e geçti.", "Kenya", "Garissa", "Dhobley"),
    Told("Azerbaycan birlikleri [Şuşa]'ya girdi.", "Azerbaijan", "", "Şuşa"),
    Told("Rus birlikleri [Tel Rıfat]'tan ayrılarak [Menbiç]'e gitti.", "Russia", "Tel Rıfat", "Menbiç"),
]
NOTHING = [
    "Hükümet yasa tasarısını Ankara'da geri çekti.",
    "Kızılay'ın insani yardım konvoyu İdlib'e ulaştı.",
    "Siviller çatışmaların ardından Hartum'dan kaçtı.",
    "Rus uçakları İdlib'i bombaladı.",
    "Hırvatistan takımı Moskova'da finale çıktı.",
    "Fransa Savunma Bakanı Bamako'ya geldi.",
    "Petrol fiyatları Londra'da geriledi.",
    "Mülteciler sınırı geçerek Edirne'ye ulaştı.",
    "Ordu, Donetsk yakınlarındaki mevzilere top atışı yaptı.",
    "Şirket yatırımlarını Nijerya'dan çekti.",
    "Türk askerleri Menbiç'e girebilir, bu ihtimal konuşuluyor.",
    "Beni'de çatışma çıktı.",
    "Uçak İstanbul'dan Bakü'ye 150 yolcuyla gitti.",
]


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer()


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.text[:40])
def test_a_sentence_tells_its_movement(case, gazetteer):
    check(case, "tr", gazetteer)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_moves(text, gazetteer):
    assert reading_of(text, "tr", gazetteer).movements == ()
