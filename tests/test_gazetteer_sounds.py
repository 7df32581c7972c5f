"""Spellings of one name sound alike, those of different names do not."""

import pytest

from geomap.gazetteer.names import key
from geomap.gazetteer.sounds import bones, bones_of, phones, readings, skeletons, weights
from geomap.gazetteer.spelling import ALIKE, likeness

SAME = {
    "Arabic": """
        Rmeilan Rumaylan Rmelan Rimelan Rumeilan رميلان
        Deir_ez-Zor Dayr_az-Zawr Deirezzor Deir_Ezzour Dair_al-Zour Dêr_ez-Zor Der_Ezzor دير_الزور
        al-Hasakah Hassakeh Haseke Al-Hassaka Hasaka الحسكة
        as-Suwayda Sweida Soueida Assuwayda Suwaida السويداء
        Manbij Membij Menbij Munbij Manbej منبج
        al-Qamishli Kamishly Qamishlo Qamichli Kamechli القامشلي
        al-Bukamal Abu_Kamal Albukamal Abou_Kamal
        Ayn_Issa Ain_Issa Ein_Issa Aïn_Issa Ayn_Isa عين_عيسى
        al-Shaddadi Ash-Shaddadi Shaddadah Chaddadi الشدادي
        Tell_Abyad Tal_Abiad Tel_Abyad Tall_Abyad تل_أبيض
        Jarabulus Djarablous Jarablus Jerablus جرابلس
        Raqqa Rakka Ar-Raqqah Raqa الرقة
        Baghuz Baghouz Bagouz Bagoz الباغوز
        Khirbet_Ghazaleh Kherbet_Ghazala Khirbat_Ghazalah خربة_غزالة
        Mosul Mossoul Mawsil الموصل
        Tikrit Takrit Tekrit تكريت
        Qayyarah Qayara Kayara Gayyarah القيارة
        Sulaymaniyah Slemani Suleymaniye Souleimaniyeh السليمانية
        Nasiriyah Nassiriya an-Nasiriyah Nasiriya الناصرية
        Fallujah Falluja Faludja Fallouja الفلوجة
        Hodeidah Hudaydah Hudayda Hodeida الحديدة
        Sirte Sirt Surt سرت
        Ajdabiya Ejdabia Agdabia Ajdabia أجدابيا
        Geneina Junaynah el-Geneina Jenaina الجنينة
        Khartoum Khartum Chartum Jartum الخرطوم
        el-Fasher al-Fashir Fachir الفاشر
        Ghardaia Gardaia Ghardaya
        Tizi_Ouzou Tizi_Wuzu
        Ouargla Wargla Warqla ورقلة
        Gaza Ghaza Ghazzah غزة
        Jenin Djenin Janin جنين
        Asad Assad Assaad أسد
        Assab Asab Aseb
        Annaba Anaba Enaba
        Khan_Younis Khan_Yunis Chan_Junis خان_يونس
        Maarat_al-Numan Ma'arrat_an-Nu'man Ma3arrat_al-Nu3man معرة_النعمان
        7omm Homm
        Aleppo_Citadel Aleppo_Sitadel
    """,
    "Kurdish and Turkish": """
        Kobani Kobane Kobanê Kobanî کۆبانێ
        Xabûr Khabur Khabour Habur
        Cizîr Jazira Jezire
        Cerablus Jarabulus
        Ceylanpınar Jeylanpinar
        Çağlayan Chaghlayan
        Şanlıurfa Shanliurfa
        Hesekê Hasakah
        Şingal Shingal Shengal
        Nusaybin Nuseybin Nisebin
        Amûdê Amuda Amouda عامودا
        Mexmûr Makhmour Makhmur
        Silopi Silopya
        Duhok Dohuk Dahuk دهوك
        Xaneqîn Khanaqin خانقين
    """,
    "Persian, Dari and Pashto": """
        Esfahan Isfahan اصفهان
        Qom Ghom Kum
        Mashhad Meschhed مشهد
        Kandahar Qandahar قندهار
        Ghazni Gazni غزنی
        Kunduz Qonduz Koundouz قندوز
        Chabahar Tschabahar چابهار
        Lashkar_Gah Lashkargah Laschkargah
        Khost Khowst Chost خوست
        Zhob Zhowb
        Bandar_Abbas Bender_Abbas
    """,
    "Hebrew": """
        Tzfat Tsfat Zefat
        Rehovot Rechovot
        Kiryat_Shmona Qiryat_Shemona Kirjat_Schmona
        Netivot Nethivot
        Sderot Sederot
        Metula Metulla
    """,
    "Ukrainian and Russian": """
        Kharkiv Kharkov Charkiw Charkow Jarkov Харків Харьков
        Kyiv Kiev Kyjiw Київ
        Zaporizhzhia Zaporozhye Saporischschja Запоріжжя
        Hryhorivka Grigorovka
        Kryvyi_Rih Krivoy_Rog Krywyj_Rih Кривий_Ріг
        Mykolaiv Mykolajiw Mykolayiv Миколаїв
        Chernihiv Chernigov Tschernihiw Чернігів
        Luhansk Lugansk Luhans'k Луганськ
        Donetsk Donezk Doneck Донецьк
        Kherson Cherson Jerson Херсон
        Sievierodonetsk Severodonetsk Sjewjerodonezk Сєвєродонецьк
        Vuhledar Ugledar Wuhledar Вугледар
        Enerhodar Energodar Enerhodar Енергодар
        Bilhorod Belgorod
        Sloviansk Slavyansk Slowjansk Слов'янськ
        Lysychansk Lisichansk Lyssytschansk
        Shchastia Schastye Щастя
        Yevpatoriia Evpatoria Jewpatorija Євпаторія
        Oleksandrivka Aleksandrovka Олександрівка
        Bakhmut Bachmut Bajmut Бахмут
        Zhytomyr Zhitomir Schytomyr Житомир
        Izium Izyum Isjum Ізюм
        Chasiv_Yar Chasov_Yar Tschassiw_Jar
    """,
    "Caucasus and Central Asia": """
        Tskhinvali Zchinwali Cchinvali
        Sukhumi Sokhumi Suchumi
        Yerevan Erevan Jerewan Երևան
        Stepanakert Step'anakert
        Xankəndi Khankendi
        Ağdam Aghdam Agdam
        Shusha Schuscha Choucha
        Lachin Laçın Latschin
        Nakhchivan Nachitschewan Naxçıvan
    """,
    "Africa": """
        Ouagadougou Wagadugu Uagadugu
        Mekelle Mekele Mekelé መቀሌ
        Axum Aksum
        Gondar Gonder
        Djibo Jibo
        Tinzaouaten Tinzawatene Tin_Zaouatine
        Tombouctou Tombuktu Tombouktou
        N'Djamena Njamena Ndjamena
        Tchad_Lake Chad_Lake
        Mogadishu Mogadischu Mogadiscio
        Bossaso Bosaso Bosasso
        Djouba Juba
        Bukavu Boukavou
        Moundou Mundu
    """,
    "Asia": """
        Pyongyang Pyeongyang Pjöngjang
        Panmunjom Panmunjeom
        Galwan Galwaan
        Kaesong Gaeseong Kaesŏng
        Busan Pusan
        Kathmandu Katmandu
        Thimphu Timphu
        Srinagar Srinager
        Jammu Dschammu
    """,
}  # fmt: skip

DIFFERENT = """
    Homs Hama | Azaz Ariha | Raqqa Rmeilan | Aleppo Idlib | Mosul Misrata | Manbij Marib | Kobani Kabul | Basra Baghdad
    Kharkiv Kherson | Donetsk Dnipro | Luhansk Lutsk | Lviv Lyman | Izium Irpin | Kyiv Kupiansk | Sumy Shyroke
    Qamishli Kasra | Hasakah Husseiniya | Tabqa Tadmur | Darfur Dongola | Khartoum Kutum | Kassala Kosti
    Gao Kidal | Mopti Menaka | Niamey Nouakchott | Agadez Arlit | Bamako Bangui | Diffa Djibo
    Sanaa Saada | Taiz Tarim | Aden Ataq | Marib Mocha | Hodeidah Hajjah
    Tripoli Tobruk | Sirte Sabha | Misrata Murzuq | Derna Dernah_Gate | Ghat Ghadames
    Erbil Arbaeen | Kirkuk Karbala | Tikrit Taji | Samarra Sinjar | Balad Baiji | Najaf Nineveh
    Shusha Shamakhi | Lachin Lerik | Agdam Agsu | Goris Gyumri | Yerevan Yeghvard
    Kandahar Kunar | Ghazni Ghor | Herat Helmand | Khost Kapisa | Zabul Zaranj
    Goma Gbadolite | Bukavu Butembo | Bunia Baraka | Masisi Minova
    Mekelle Metema | Axum Asmara | Gondar Gambella | Adwa Adama
    Jenin Jericho | Nablus Netanya | Rafah Ramallah | Haifa Hebron | Sderot Safed
    Tel_Aviv Telavi_Castle | Berlin Brno | London Leiden | Paris Prague | Madrid Modena
    Pyongyang Pohang | Kaesong Kimchaek | Leh Lhasa | Galwan Gilgit
"""


def words(line: str) -> list[str]:
    return [word.replace("_", " ") for word in line.split()]


GROUPS = [words(line) for text in SAME.values() for line in text.strip().splitlines()]
PAIRS = [(first, other) for first, *others in GROUPS for other in others]
APART = [tuple(words(pair)) for line in DIFFERENT.strip().splitlines() for pair in line.strip().split(" | ")]


def meet(known: str, asked: str) -> bool:
    """Return whether a store that knows one spelling finds it when asked for the other."""
    known, asked = key(known), key(asked)
    return bones(known) in skeletons(asked) and likeness(asked, known) >= ALIKE


@pytest.mark.parametrize(("known", "asked"), PAIRS, ids=str)
def test_spellings_of_one_name_meet(known, asked):
    assert meet(known, asked)


@pytest.mark.parametrize(("one", "other"), APART, ids=str)
def test_different_names_do_not_meet(one, other):
    assert not meet(one, other)
    assert not meet(other, one)


def test_the_lists_are_long_enough_to_mean_something():
    assert len(set(PAIRS)) >= 250
    assert len(set(APART)) >= 60


def test_vowels_count_less_than_consonants_and_confused_ones_little():
    vowel, consonant = likeness("hams", "homs"), likeness("hals", "hams")
    assert vowel > likeness("qams", "kams") - 0.1 > consonant
    assert likeness("homs", "homs") == 1.0


def test_many_forms_are_weighed_as_one_by_one():
    forms = ["deir al zor", "رميلان", "х", "", "ain issa", "al", "北京", "7aleb"]
    assert weights(forms) == [text for form in forms for text in weights([form])]


def test_a_kind_does_not_change_the_bones():
    assert bones("asad @airfield") == bones("asad")
    assert phones("asad @airfield") == "asad"
    assert weights(["asad @airfield"]) == weights(["asad"])


@pytest.mark.parametrize("form", ["", "al", "a", "12", "م", "🙂", "ـ", "\u0301", "x" * 120])
def test_odd_forms_have_bones_of_some_sort(form):
    assert isinstance(bones(form), str)
    assert bones(form) in skeletons(form)
    assert readings(form)[0].phones == phones(form)


def test_a_reading_is_that_of_the_languages_that_write_so():
    turkish = [reading for reading in readings("cerablus") if reading.phones.startswith("j")]
    assert turkish
    assert all("TR" in reading.countries and "UA" not in reading.countries for reading in turkish)


def test_bones_of_many_names_are_those_of_each():
    forms = ["tal abyad", "rmeilan", "رميلان", "київ", "aaba", "assad @airfield", "ttt", "eau", "10 00", ""]
    assert bones_of(forms) == [bones(form) for form in forms]
    assert bones_of([]) == []
