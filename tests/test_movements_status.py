"""Verbs and nouns of movement in sentences of many wars, each with how far the movement has come."""

import pytest
from spacy.tokens import Token

from geomap.reports.movements.status import is_speculative, read_status
from geomap.reports.parsing.nlp import load_parser


def token(sentence: str, word: str) -> Token:
    return next(t for t in load_parser()(sentence) if t.text == word)


def status(sentence: str, word: str) -> str:
    return read_status(token(sentence, word)).value


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("withdrew", "Chadian troops withdrew from Kidal on Friday."),
        ("left", "The last French soldiers have left Niamey."),
        ("taken", "The rebels had taken the town before dawn."),
        ("crossed", "Two columns reportedly crossed into South Sudan."),
        ("captured", "The village was captured by M23 fighters."),
        ("crossed", "The battalion is believed to have crossed the Dnipro."),
        ("entered", "Rwandan soldiers are reported to have entered Goma."),
        ("captures", "Army captures two villages in Tigray"),
        ("cross", "The fighters have used rafts to cross the Oubangui."),
        ("fall", "The cell rented cars to prepare raids after the fall of Gao to jihadist fighters."),
        ("sends", "Turkey sends troops to Qatar"),
        ("seizes", "Rebel group seizes border town of Bunagana."),
        ("capturing", "The brigade finished capturing the hills above Stepanakert."),
        ("capture", "Government forces managed to capture the airport of Marib."),
        ("retreat", "The defenders were forced to retreat from Lysychansk."),
        ("withdraw", "The bombardment compelled the rebels to withdraw from Sirte."),
        ("enter", "Helicopters helped the marines to enter Marawi."),
        ("enter", "Local guides helped the troops enter Cabo Delgado."),
        ("capture", "The militia went on to capture Ajdabiya."),
        ("taking", "The army advanced ten kilometres, taking the town of Jijiga."),
        ("withdrawing", "After withdrawing from Bambari, the fighters burned the market."),
        ("withdrawing", "Before withdrawing from Bucha, the soldiers mined the bridge."),
        ("left", "He said the convoy had left Bangui."),
        ("withdrew", "The army did not say why it withdrew from Palma."),
        ("moved", "It was not clear whether all units that moved to Berbera had tanks."),
        ("leave", "A truce allowed the fighters to leave the Old City."),
        ("reach", "The column was able to reach Debaltseve."),
        ("taking", "They have since tightened the siege of the town taking parts of the road."),
        ("coming", "Units coming from Tessit joined others near Ansongo."),
        ("pulled", "The army moved in after militiamen who had held the town pulled out of Lalibela."),
        ("retake", "Fighters seized Kalembe on Sunday, only for soldiers to retake it hours later."),
        ("are", "The soldiers are back in Kumbo."),
        ("entered", "Nobody stopped them when they entered Sinjar."),
        ("taken", "Having taken Goma on Sunday, the rebels are moving on Bukavu."),
        ("captured", "Having captured Bor, the army ordered its men to stay."),
    ],
)
def test_what_has_happened_is_completed(word: str, sentence: str) -> None:
    assert status(sentence, word) == "completed"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("leaving", "Ethiopian troops are leaving Mogadishu."),
        ("withdrawing", "The mercenaries have been withdrawing from Bakhmut."),
        ("withdrawn", "The tanks are being withdrawn from Kherson."),
        ("advancing", "The column was advancing on Huambo when it was hit."),
        ("leave", "Burundian soldiers began to leave Uvira."),
        ("pulling", "The peacekeepers have started pulling out of Gao."),
        ("advance", "Loyalist fighters continued to advance towards Taiz."),
        ("advance", "The Tatmadaw kept trying to advance on Laukkai."),
        ("pushing", "The brigade is pushing towards Tokmak."),
        ("withdrawing", "They are in the process of withdrawing from Agadez."),
        ("withdrawing", "A general said they had started the process of withdrawing soldiers from Mali."),
        ("advance", "As government forces advance on Mekelle, residents hide."),
        ("moving", "The ministry said armoured units were moving towards Poltava."),
        ("heading", "A convoy is seen heading towards Abyei."),
        ("moving", "More vehicles are said to be moving into Lachin."),
        ("are", "Two brigades are on their way to Leh."),
        ("enter", "Soldiers trying to enter Kismayo seized a bus."),
        ("entering", "Troops kept entering Beni through the night."),
    ],
)
def test_what_is_under_way_is_ongoing(word: str, sentence: str) -> None:
    assert status(sentence, word) == "ongoing"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("leave", "Eritrean units are expected to leave Tigray."),
        ("withdraw", "Paris will withdraw its soldiers from Burkina Faso."),
        ("send", "Kenya said it would send police to Haiti."),
        ("leave", "The fighters are due to leave Wau on Monday."),
        ("leave", "The fighters were due to leave Homs today."),
        ("enter", "The rebels vowed to enter Khartoum."),
        ("attack", "Militants threatened to attack and seize Maiduguri."),
        ("withdraw", "Armenia agreed on Friday to withdraw from four villages."),
        ("withdraw", "Under a deal reached in Doha, both sides will withdraw from Kidal."),
        ("move", "Marines are preparing to move to Palawan."),
        ("withdraw", "Uganda to withdraw troops from Congo"),
        ("cross", "The division was to cross the Donets at dawn."),
        ("sending", "Poland is considering sending engineers to Lviv."),
        ("deploy", "The bloc stands ready to deploy a brigade to Niger."),
        ("leave", "The agreement will see fighters leave Zabadani for the north."),
        ("retake", "The army launched an offensive to retake Lashkar Gah."),
        ("pull", "The announcement that Indian troops would pull back from Pangong Lake surprised many."),
        ("seize", "The group is on the verge of capturing the port and is likely to seize Hodeidah."),
        ("capturing", "The group is on the verge of capturing Hodeidah."),
        ("leave", "Once they leave Sake, aid can pass."),
        ("withdrawn", "The remaining soldiers are to be withdrawn from Jammu by May."),
        ("redeploy", "The general plans to redeploy two battalions to Boda."),
        ("head", "The convoy is expected to leave Gao on Monday and head to Niamey."),
        ("transported", "They are to lay down arms before they are transported from Wau to Juba."),
        ("withdraw", "They offered to withdraw from Shabwa."),
        ("pull", "Mercenaries to pull out of Bangassou by June 1, says governor"),
        ("capturing", "The gunmen came close to capturing Babanusa."),
        ("leave", "The last contingent is scheduled to leave Timbuktu in June."),
    ],
)
def test_what_is_to_come_is_planned(word: str, sentence: str) -> None:
    assert status(sentence, word) == "planned"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("withdraw", "The president ordered Sunday to withdraw all troops from Yemen."),
        ("leave", "The garrison was ordered to leave Vuhledar."),
        ("withdraw", "The Security Council called on Rwanda to withdraw its forces from Goma."),
        ("leave", "Kyiv demanded that Russian forces leave Enerhodar."),
        ("pull", "The commander instructed his men to pull back to Aden."),
        ("withdraw", "Colombo insisted that the rebels withdraw from Mutur."),
        ("quit", "Addis Ababa told the Amhara militia to quit Welkait."),
        ("leave", "Foreign fighters must leave Libya by Friday, the envoy said."),
        ("withdraw", "He renewed his demand that Ethiopia withdraw from Badme."),
        ("withdraw", "The units received an order to withdraw from Lyman."),
        ("leave", "The junta gave the contingent an ultimatum to leave Bamako."),
        ("retreat", "Ankara has repeatedly asked for the militia to retreat east of the Tigris."),
        ("withdrawal", "The court ordered the withdrawal of troops from the temple of Preah Vihear."),
        ("withdrawal", "The union repeated its call for the withdrawal of Eritrean troops from Tigray."),
        ("withdrawal", "Baku demanded the immediate withdrawal of Armenian forces from Kelbajar."),
        ("sends", "The order that sends Kenyan soldiers home from Mogadishu has been signed."),
        ("moving", "Officers praised a directive moving two brigades to Arauca."),
    ],
)
def test_what_somebody_demands_is_ordered(word: str, sentence: str) -> None:
    assert status(sentence, word) == "ordered"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("left", "Rwandan troops have not left Goma."),
        ("leave", "The gunmen have yet to leave Palma."),
        ("capture", "The paratroopers failed to capture Hostomel."),
        ("withdraw", "The general refused to withdraw from Tobruk."),
        ("crossed", "Moscow denied that its soldiers had crossed the border."),
        ("sending", "Minsk denied sending troops to Chernihiv."),
        ("entering", "The convoy was prevented from entering Al Fasher."),
        ("crossing", "Police stopped the trucks from crossing into Serbia."),
        ("enter", "An attempt to enter Kadugli was thwarted."),
        ("infiltrate", "Soldiers foiled an attempt to infiltrate Kupwara."),
        ("capture", "The army repelled attempts by militants to capture Baga."),
        ("entered", "No foreign soldiers entered Agdam, the ministry said."),
        ("reached", "The reinforcements never reached Ilovaisk."),
        ("storm", "Fighters tried to storm Ramadi but were pushed back."),
        ("recapture", "The rebels have been unable to recapture Sirnak."),
        ("leave", "Turkey will not leave Bashiqa."),
        ("crossed", "The ministry rejected claims that its tanks had crossed the Narva."),
        ("sending", "The chancellor ruled out sending soldiers to Mariupol."),
        ("entering", "They turned back without entering Kunduz."),
        ("advance", "They made several attempts to advance into Nagorno but all of them had been repelled."),
        ("deployment", "The president denied any deployment of commandos to Derna."),
        ("deployment", "The government has cancelled the deployment of a battalion to Port-au-Prince."),
        ("incursion", "Border guards repelled an incursion into Isfara."),
        ("withdrawal", "There has been no withdrawal from Abyei."),
        ("withdrawal", "The planned withdrawal from Hodeidah has not begun."),
        ("leave", "The brigade is refusing to leave Kismayo."),
        ("enter", "The rebels have made no attempt to re-enter Sake."),
        ("moving", "The army says reports of tanks moving on Kassala are false."),
        ("withdrawal", "The junta dismissed rumours of a withdrawal from Menaka."),
        ("entering", "Soldiers prevented the rebels from entering Bunia."),
        ("reach", "Peacekeepers who tried to reach Wau were turned back at a checkpoint."),
        ("infiltrate", "Soldiers killed nine gunmen trying to infiltrate Kupwara."),
        ("cross", "Six smugglers were shot as they tried to cross the Yalu."),
    ],
)
def test_what_did_not_come_about_is_denied(word: str, sentence: str) -> None:
    assert status(sentence, word) == "denied"


@pytest.mark.parametrize(
    ("expected", "word", "sentence"),
    [
        ("completed", "withdrawal", "The withdrawal from Kherson was completed on Friday."),
        ("completed", "withdrawal", "After the withdrawal of Dutch troops from Gao, looters came."),
        ("completed", "withdrawal", "Looting has spread since the withdrawal from Bossangoa."),
        ("completed", "offensive", "On Sunday commandos launched their first offensive in Helmand."),
        ("completed", "capture", "The ministry announced the capture of Soledar."),
        ("completed", "retreat", "The retreat of the rebels from Zawiya took place at night."),
        ("completed", "arrival", "Residents confirmed the arrival of Burundian soldiers in Bukavu."),
        ("completed", "pullout", "He criticised the chaotic pullout from Bagram."),
        ("completed", "incursion", "The incursion into Ngorongoro was not met with open arms."),
        ("denied", "deployment", "The deployment to Darfur did not take place."),
        ("planned", "transferred", "The deal will see 90 fighters leave Wau and be transferred to Juba."),
        ("completed", "withdrawal", "Talks on prices followed the withdrawal from Mosul."),
        ("planned", "withdrawal", "Ahead of the withdrawal from Gardez, bases were stripped."),
        ("planned", "withdrawal", "The planned withdrawal from Stanytsia has been discussed in Minsk."),
        ("planned", "withdrawal", "The withdrawal from Agadez will begin next week."),
        ("planned", "withdrawal", "The withdrawal from Agadez is scheduled for August."),
        ("planned", "withdrawal", "They agreed on a timetable for the withdrawal of troops from Doklam."),
        ("planned", "deployment", "Parliament approved the deployment of 500 soldiers to Cabo Delgado."),
        ("planned", "withdrawal", "Both sides announced a plan for the withdrawal from Hodeidah."),
        ("planned", "redeployment", "The imminent redeployment of the corps to Zaporizhzhia worries allies."),
        ("ongoing", "withdrawal", "The withdrawal of peacekeepers from Kidal has begun."),
        ("ongoing", "withdrawal", "Amid the withdrawal from Kabul, shops closed."),
        ("ongoing", "withdrawal", "The army started the withdrawal of heavy guns from Luhansk."),
        ("ongoing", "withdrawal", "The withdrawal from Bamako is under way."),
        ("ongoing", "advance", "The rebels continued their advance on Bukavu."),
        ("ongoing", "evacuation", "The ongoing evacuation of the garrison from Goris is slow."),
        ("denied", "advance", "Volunteers stopped the advance on Mykolaiv."),
        ("denied", "withdrawal", "The failed withdrawal from Debaltseve cost many lives."),
    ],
)
def test_a_noun_is_as_far_as_the_words_round_it(expected: str, word: str, sentence: str) -> None:
    assert status(sentence, word) == expected


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("enter", "Troops could enter Pristina within hours."),
        ("move", "The rebels may move on Bangui."),
        ("leave", "If the Russians leave Gyumri, others will come."),
        ("attack", "Analysts ask whether the army might attack and take Aden."),
        ("crossing", "There is speculation about mercenaries crossing into Chad."),
        ("drive", "The aim is to drive the rebels out of Bunia."),
        ("extending", "Kenya wants to prevent the militia from extending its control over Kismayo."),
        # what is looked out for, provided for, or done time and again
        ("crossing", "Rangers scanning the bank for militants crossing the Limpopo were shot at."),
        ("crossing", "The post was manned by police watching for gunmen crossing the Mano River."),
        ("enter", "Guards were placed on the hill in case they enter Kasese."),
        ("cross", "Smugglers of the militia often cross the Sahel border at Assamaka."),
        ("cross", "Every spring Taliban fighters cross from Chaman into Kandahar."),
        ("march", "Villagers fear that the rebels will march on Bunia."),
        ("enter", "The minister warned that tanks would enter Afrin unless the militia pulled back."),
        ("bring", "The fighters are based near Massawa and bring in arms through the port."),
    ],
)
def test_what_is_only_possible_is_speculation(word: str, sentence: str) -> None:
    assert is_speculative(token(sentence, word))


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("entered", "Troops entered Pristina and could stay for years."),
        ("left", "The general, who might resign, said his men left Bria."),
        ("withdraw", "Turkey will withdraw from Idlib."),
        ("seized", "The army, which may be weak, seized Um Rawaba."),
        ("advanced", "They advanced on Lysychansk in May."),
        ("crossing", "Soldiers killed militants crossing the Limpopo."),
        ("advance", "Rebels hold Bria and advance on Bambari."),
        ("enter", "The minister said that tanks would enter Afrin on Monday."),
        ("crossed", "They crossed from Chaman into Kandahar every night of the week."),
        ("left", "Villagers feared the worst when the soldiers left Bunia."),
        ("left", "In this case the soldiers left Kasese at once."),
    ],
)
def test_what_is_told_as_fact_is_no_speculation(word: str, sentence: str) -> None:
    assert not is_speculative(token(sentence, word))
