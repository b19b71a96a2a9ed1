"""Names that are everyday words as well, so that brown hair is not taken for Mrs Brown."""

from __future__ import annotations

_NAMES = """
abbey ace acre adder agate alder allen amber angel ann april archer arch art ash aspen august autumn badger bailey
baker ball balm banker banks bank barber barker barley barn baron barrel bass bay beach bean bear beck beech bell
berry best bill birch bird bishop black blade blake bliss bloom blossom blue board bolt bond book booth bow bowl box
boy brace branch brand brass bray bridge bridges bright bristow broad brook brooks broom brown buck bull burn burns
bush butcher butler button cage cane canon carpenter carr carter carver case cash castle cedar chance chandler
chaplain chapel charity chase cherry chestnut child church city clay clear clement clerk cliff close clover coal
coat cobb cock cole coleman collar college collier comfort constable cook cooper copper coral corn cotton court cove
cox crane crisp cross crow crown cruise cub cutler dale dance darling dash dawn day dean dear dell dew dexter dial
diamond dick dove down downs drake draper drew drum duke dusk dyer earl east eden elder ember english ernest fair
fairweather faith falcon fall farmer fell fern field fields finch fine fir firth fish fisher fitch flag flint flood
flora florence flower flowers fold ford forest forester forge fort foster fountain fowler fox francis frank franklin
free freeman french frost fry fuller gable gale gall garden gardener gardner garland garner gate gates gay gem
gentle gill glass glazier glen glover goddard gold golden good goodman gore grace grain grant grave graves gray
green greenfield greenwood grey grove guest gull gunner guy hail hale hall ham hand hands hardy harmony harper harry
hart harvest hatch haven hawk hawkins hay haze hazel head heard heart heath heather hedge henna hermit hill hills
hobby holiday holland hollow holly home honey honor honour hood hook hooper hope horn house hunt hunter hurst ice
iris iron island ivory ivy jack jade jasmine jay jean jersey jet jewel jolly joy judge june juniper justice keen
keep kent key kidd kind king kitchen kite knight lake lamb lane large lark laurel law lawn leaf lee lemon lily lime
lincoln lion little lock london long lord love lovely low luck major mark marsh marshall mason masters matt
may mead meadow meadows mercer mercy merit merry mike miles mill miller mills mint mole monday moon moor moore moss
mountain myrtle nail nancy new newman nice nick noble north northern novel oak oakley oaks old olive opal orchard
page painter palm palmer paris park parker parks parrot parson parsons pat patience peace peach pear pearl peel
penny pepper perry petal peters phoenix pick piece pierce pike pine piper pitt plain plant plum pole pond pool poole
poor pope poppy porter post potter potts pound power prairie price pride priest prime prince prior prose prudence
purple quick quill quinn rain ray read reader reed reef reeve rich ridge ring rivers river roach road rob robin rock
rod roman rook room root rose rosemary ross rowan ruby rush russell rust ryder sage sail saint sale sales salt sand
sands sandy savage savannah sawyer sea seal sears self senior shaw shell shepherd ship shore short silver singer
skinner sky slater sloan small smart smith snow spark sparks sparrow speedr spring squire stable stack stag star
starling steel stella sterling stern steward stewart still stock stone storm strange street strong sue summer
summers sun sunday sunny swan sweet swift tanner taylor teal thatcher thorn thorne tide till tom topping tower
townsend trip trout true trueman tuck turner tyler underwood usher vale valentine vane vicar victor victory viola
violet virtue waite wade walker wall waller walls ward warden ware warren water waters watts way weaver webb well
wells west wheat wheeler white wild wilde will willow wills wing winner winter winters wise wolf wood woodland woods
wooden wool work workman worth wren wright wynn yard yates yew york young younger zion
"""
_MONTHS_AND_DAYS = """
january february march april may june july august september october november december monday tuesday wednesday
thursday friday saturday sunday
"""
_KINDS_OF_SETTING = """
a academy after and at the of for school schools primary infant infants junior juniors nursery nurseries preschool
playgroup pre childminder childminding college high first middle secondary grammar community special church england
catholic rc ce c e voluntary aided controlled centre center children s childrens day care early years education unit
club sixth form home
"""
_WORDS_OF_NURSERIES_AND_HOUSES = """
acorn acorns angels apple apples balloon balloons beaver beavers bee beehive bees beginning beginnings big bluebell
bluebells bramble brambles bubbles bunny busy buttercup buttercups butterflies butterfly caring caterpillar
caterpillars cheeky clever clouds conker conkers country cubs daisies dandelion dandelions days discovery ducklings
early explorers fairy first friends fun funny giant giggles great green growing hands happy hedgehog hedgehogs high
jumping kids kindness ladybird ladybirds ladybugs leaps learners learning lights lions magic mini minis moments monkey
monkeys mulberry nest oaks old orchard orchards otters owl owls paint pear petals peter place planet play playtime
poppies puddles puppies rabbit rabbits rainbow rainbows rising robins scallywags scamps school sea seaside secret
shining sky small smiles snowdrop snowdrops sparkle sparkles sparrows splash squirrel squirrels starfish stars station
stepping steps stones strawberry sunbeam sunbeams sunflower sunflowers sunrise sunset sunshine swallows teddies teddy
tiddlers time tiny toad toddlers toes top tots toybox treasure tree trees treetops valley view village wonder
wonderland woodpecker world
"""
_KINDS_OF_HOUSE = """
annexe barn bungalow chalet chapel cottage croft farm farmhouse flat gatehouse grange hall house lodge manor manse mill
parsonage rectory vicarage villa
"""

PLAIN = frozenset(_WORDS_OF_NURSERIES_AND_HOUSES.split())
"""Words of which names of nurseries and houses are made that are ordinary ones too: sunny days, sea view."""
HOUSES = frozenset(_KINDS_OF_HOUSE.split())
"""Words that say what sort of a house it is: an everyday name with nothing but "the" before them."""
EVERYDAY = frozenset(_NAMES.split())
"""Words that begin ordinary sentences or stand in ordinary names of places, and are somebody's name too."""
CALENDAR = frozenset(_MONTHS_AND_DAYS.split())
"""Words that have a capital wherever they stand."""
SETTINGS = frozenset(_KINDS_OF_SETTING.split())
"""Words that say what sort of a nursery or school it is, and not which."""
