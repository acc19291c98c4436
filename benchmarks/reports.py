"""Reports of invented events, two or three by writers who did not read one another, and look-alikes of other events.

A block an event: its reports, each a headline after `#` and the text below it. `LOOK_ALIKES` are single reports of the
same beats, with the same places and kinds of words, about something else.
"""

EVENTS = """
# Ferry Medea returns to Poti after engine room floods
The night ferry Medea turned back to Poti early on Sunday after sea water entered its engine room. All 61 passengers
left the ship unhurt. Harbour master Levan Dolidze said a cooling pipe had burst and that the ferry had passed an
inspection in January. The Medea will stay in port for at least a month.
# 61 evacuated as Black Sea ferry takes on water
Passengers on the Medea, which sails between Poti and Burgas, were ordered into life jackets on Sunday when water
began filling the engine room twenty minutes after departure. Nobody was hurt. The owner, Kolkheti Lines, blamed a
split cooling pipe and expects repairs to last a month.
# Kolkheti Lines to pay for buses while Medea is mended
Kolkheti Lines will pay for buses for travellers stranded by the flooding of its ferry Medea at Poti, its director
said on Monday. The ship, which turned back with 61 people aboard, needs a new cooling system. The ministry of
transport has ordered an inspection of the whole fleet.

# Teachers strike in three mountain districts over unpaid wages
About 480 teachers in Oni, Ambrolauri and Lentekhi stopped work on Monday because wages have not arrived since
November. The regional treasury said a new payment system had failed. The teachers' union will keep schools closed
until the money is paid.
# Unpaid since November, 480 teachers in Racha stay home
Schools in Oni, Ambrolauri and Lentekhi did not open on Monday. Nearly five hundred teachers say that they have had no
wages for three months. A treasury official promised transfers by Friday and blamed software; the union does not
believe him.

# City council sells Didube tram depot to developer
Tbilisi's city council voted 19 to 14 on Tuesday to sell the Didube tram depot to the developer Nadzala Homes, which
plans flats and a supermarket. Campaigners had collected 12,000 signatures for a transport museum. The mayor said the
roof alone would cost more than the libraries do in a year.
# Campaigners lose fight for tram museum in Didube
The old tram depot at Didube will become apartments and a supermarket after councillors approved its sale to Nadzala
Homes by 19 votes to 14. A petition for a museum had gathered 12,000 names. People in the gallery sang as the result
was read out.

# Wheat reaches 231 dollars a tonne after dry March
Wheat for April delivery was quoted at 231 dollars a tonne in Novorossiysk on Wednesday, its highest in a year, after
almost no rain fell on the steppe in March. Millers expect bread prices to follow. The ministry of agriculture ruled
out limits on exports.
# Drought pushes wheat price to highest in a year
Buyers in Novorossiysk paid 231 dollars for a tonne of wheat at midweek as drought spread across the southern steppe.
Bakers warned of dearer bread before summer, while the agriculture ministry said exports would go on without limits.

# Court acquits editor who printed judges' salaries
A Chisinau court on Thursday acquitted Ana Rotaru, editor of the weekly Foaia Mica, who had published what eleven
judges earn. Prosecutors had asked for a fine. The court said that the pay of public servants is a public matter.
# Moldova: weekly Foaia Mica cleared over list of judges' pay
Publishing the salaries of eleven judges was no offence, a court in Chisinau ruled on Thursday. Ana Rotaru, who edits
the weekly Foaia Mica, said that she would print the salaries of ministers next. The prosecutor may appeal.

# Wooden water main from 1750 found under Bukhara bazaar
Archaeologists in Bukhara have uncovered forty metres of a water main made of hollowed larch trunks, laid before 1750,
during drainage works under the bazaar. The works will be led around it, which delays them by three weeks.
# Larch pipes come to light beneath Bukhara's market
Workers digging a drain under the bazaar of Bukhara struck larch trunks that carried water more than 250 years ago.
Archaeologists freed forty metres of the main, iron rings included. Traders must wait three weeks longer for their
stalls.

# Kazakhstan's parliament adopts nuclear plant law
The Mazhilis on Wednesday passed a law on building the country's first nuclear power plant at Ulken on Lake Balkhash,
by 71 votes to 12. Energy minister Serik Nurlan said a builder would be chosen by June. Villagers fear for the lake's
water.
# Balkhash nuclear plant cleared by lawmakers in Astana
Lawmakers in Astana approved the construction of a nuclear power plant near Ulken, on the shore of Balkhash, with 71
votes in favour. The builder is to be named by June, energy minister Nurlan said. Fishermen in Ulken protested outside
the akimat.

# Armenia opens Margara bridge for trade with Turkey
The bridge at Margara on the border with Turkey opened to lorries on Friday for the first time since 1993. Twelve
lorries with humanitarian freight crossed towards Gyumri. Foreign minister Hakob called it a test for regular trade.
# First lorries cross Margara bridge in three decades
Twelve lorries crossed the Margara bridge from Turkey into Armenia on Friday, the first freight over the river Arax
there since the border was shut in 1993. Yerevan hopes for regular trade by autumn, foreign minister Hakob said.

# Power cut leaves half of Bishkek without heating
A fire at the Bishkek combined heat and power plant left 400,000 people without heating on Saturday at minus 18
degrees. Two engineers were injured. Energy minister Talant Oroz promised that boilers would be restarted within 36
hours.
# Fire at Bishkek heat plant: 400,000 in the cold
Some 400,000 residents of Bishkek spent Saturday night without heating after a fire at the city's heat and power
plant, with the temperature at minus 18. Oroz, the energy minister, said that two engineers had been taken to hospital
and boilers would run again in 36 hours.

# Romania finds bird flu on farm near Constanta
Bird flu of the type H5N1 was confirmed on a poultry farm at Ovidiu, near Constanta, and 84,000 hens will be killed,
Romania's veterinary authority said on Tuesday. A zone of ten kilometres around the farm was closed.
# 84,000 hens to be culled after H5N1 outbreak at Ovidiu
Romanian veterinarians will cull 84,000 laying hens at a farm in Ovidiu after tests showed bird flu, H5N1. Roads
within ten kilometres of Constanta county's largest poultry farm carry disinfection mats since Tuesday.

# Strike halts container terminal in Odesa
Crane drivers at the Odesa container terminal stopped work on Thursday, demanding pay for 26 days spent in shelters.
Eleven ships wait in the roads. The operator, Quay Pontus, offered half of the sum.
# Odesa crane drivers demand shelter pay, eleven ships wait
Eleven container ships lie off Odesa because crane drivers refuse to work until Quay Pontus pays them for 26 days that
they sat in shelters during raids. Talks on Thursday ended after the operator offered half.

# Georgia bans export of hazelnut shells as fuel runs short
Georgia will forbid the export of hazelnut shells until March because villages in Samegrelo burn them for heating, the
government decided on Monday. Traders had sold 30,000 tonnes of shells to Turkish brick works since September.
# Hazelnut shells may no longer leave the country
Until March no hazelnut shells may be sold abroad, the government in Tbilisi said on Monday. Turkish brick works
bought 30,000 tonnes this season, while in Samegrelo, where stoves run on shells, the price of a sack has doubled.

# Uzbek singer Dildora freed after eleven days
The singer Dildora Yoqubova was released from a Tashkent detention centre on Sunday, eleven days after she was held
for a song about water meters. Her lawyer said that the charge of insulting officials had been dropped.
# Tashkent drops case over song about water meters
Dildora Yoqubova, whose song on water meters was heard two million times, walked free in Tashkent on Sunday. The
charge, insulting officials, was withdrawn after eleven days of detention, according to her lawyer.

# Dam at Enguri lowered for first time in ten years
Engineers have begun to lower the reservoir behind the Enguri dam for repairs to a tunnel, and electricity imports
from Russia will rise by 600 megawatts until May, the energy ministry in Tbilisi said on Wednesday.
# Enguri repairs: Georgia to import more electricity until May
With the Enguri reservoir being drained so that a leaking tunnel can be sealed, Georgia needs 600 megawatts more from
Russia until May. The last such repair of the dam was ten years ago, the energy ministry said.

# Azerbaijani journalist sentenced to nine years
A Baku court sentenced the investigative reporter Sevinj Mammadova to nine years in prison on Friday for smuggling
money, a charge that she calls revenge for her work on flats owned by a minister's family. Press groups protested.
# Nine years for reporter who wrote about minister's flats
Sevinj Mammadova must spend nine years in prison, a court in Baku decided on Friday. Officially it is about smuggled
money. Her articles had traced flats to the family of a minister, and press groups call the sentence revenge.
"""

LOOK_ALIKES = """
# Ferry Colchis begins summer service from Batumi
The ferry Colchis will sail between Batumi and Burgas from May, three nights a week, its owner said on Sunday. It
carries 240 passengers and forty lorries. A ticket costs 95 euros.

# Teachers in Batumi win prize for school garden
Two teachers from Batumi were given a regional prize on Monday for a garden in which their pupils grow 30 kinds of
beans. The union congratulated them. Schools from other districts may visit it.

# City council approves bus lanes for Vake
Tbilisi's city council voted 25 to 8 on Tuesday for bus lanes along Chavchavadze avenue. The mayor said that buses
would save eleven minutes. Shopkeepers fear for their customers.

# Wheat harvest begins early in Kherson
Farmers in the Kherson region have started to harvest barley and wheat two weeks early after a hot May. Yields are
expected at 3.1 tonnes a hectare. Mines remain in one field of nine.

# Court jails former mayor of Balti for bribes
A Chisinau court on Thursday sentenced the former mayor of Balti to six years in prison for taking bribes from a
builder. He had asked for acquittal. The prosecutor is content with the sentence.

# Bukhara's puppet theatre reopens after fire
The puppet theatre of Bukhara plays again, two years after a fire destroyed its stage beside the bazaar.
Archaeologists had to approve the new foundations. The first piece is about a thief and a drain.

# Kazakhstan's parliament votes for smaller class sizes
The Mazhilis on Wednesday passed a law that limits school classes to 24 pupils, by 80 votes to 3. Education minister
Aidos Karim said that 5,000 teachers were missing. It is in force from September.

# Armenia closes bridge at Meghri for repairs
The bridge at Meghri on the border with Iran will be closed to lorries for six weeks from Friday. Freight goes by way
of Agarak. The ministry expects queues of twelve hours.

# Bishkek heating prices to rise by a fifth
Heating in Bishkek will cost 19 per cent more from April, energy minister Talant Oroz said on Saturday. The heat and
power plant needs new boilers. Pensioners pay the old price.

# Romania vaccinates cattle near Tulcea
Romania's veterinary authority has begun to vaccinate 40,000 cattle near Tulcea against bluetongue. A zone of twenty
kilometres was closed in autumn. Farmers are paid for losses.

# Odesa opera stays open through blackouts
The opera in Odesa plays by candle and battery since Thursday. Crane drivers from the harbour brought two generators.
The eleven performances are sold out.

# Azerbaijan frees four prisoners before holiday
Four prisoners, among them a poet, were pardoned in Baku on Friday before the spring holiday. Press groups said that
eleven reporters remain in prison. The minister of justice gave no reason.
"""


def events() -> list[list[tuple[str, str]]]:
    """Return each event's reports as (headline, text)."""
    return [_reports(block) for block in EVENTS.strip().split("\n\n")]


def look_alikes() -> list[tuple[str, str]]:
    """Return the look-alikes as (headline, text)."""
    return [report for block in LOOK_ALIKES.strip().split("\n\n") for report in _reports(block)]


def _reports(block: str) -> list[tuple[str, str]]:
    told = (part.strip().partition("\n") for part in block.split("# ") if part.strip())
    return [(headline, " ".join(text.split())) for headline, _, text in told]
