/**
 * The most guessed passwords of at least 8 characters, in lower case: well-known leaked ones, keyboard walks, names,
 * sports, seasons, and the words of this platform. The list is short on purpose: the throttle limits how many of them
 * an attacker can try.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
12345678 123456789 1234567890 12345678910 123123123 11223344 87654321 987654321 9876543210 0123456789 1234512345
123454321 1234567891 123456123 147258369 159753456 741852963 789456123 123321123 12341234 10203040 11111111 1q2w3e4r
1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc zaq12wsx zaq1zaq1 q1w2e3r4 q1w2e3r4t5 qazwsxedc qazwsx123 a1b2c3d4
aa123456 aa12345678 abc12345 abc123456 abcd1234 abcd12345 a1234567 a12345678 a123456789 123456abc 123456789a 1234abcd
123qweasd 123qwe123 123abc123 asd123456 asdf1234 asdfghjk asdfghjkl asdfasdf asdasdasd abcdefgh abcdefghi abcdefg1
abcabcabc qwer1234 qwert123 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyui qwertyuiop qwertyuiop123
qwertz123 qwertzui qwertzuiop azertyui azertyuiop azerty123 qweasdzxc qweqweqwe zxcvbnm1 zxcvbnm123 zxcvbnm, zxcvasdf
password password1 password12 password123 password1234 password12345 password! password1! password123! password2
password01 passw0rd p@ssw0rd p@ssword p@ssw0rd1 p@ssword1 pa$$word pa55word pass1234 pass12345 pass@123 pass@1234
password@123 passwort passwort1 passwort123 motdepasse contraseña contrasena contraseña1 parola123 lozinka1 wachtwoord
wachtwoord1 salasana senha123 senha1234 heslo123 haslo123 mypassword mypassword1 newpassword nopassword yourpassword
thepassword drowssap changeme changeme1 changeme123 changeit default1 default123 secret123 secret12 topsecret
supersecret letmein1 letmein12 letmein123 letmein! iloveyou iloveyou1 iloveyou2 iloveyou! iloveyou123 loveyou1 iloveme1
welcome1 welcome12 welcome123 welcome1! welcome2 welcome@123 admin123 admin1234 admin12345 admin123! admin@123
adminadmin administrator administrator1 root1234 rootroot toor1234 user1234 useruser test1234 test12345 testtest
testing1 testing123 testpass temp1234 temppass guest123 guest1234 demo1234 demodemo login123 access14 access123 trustno1
hello123 hello1234 hellohello whatever whatever1 computer computer1 internet internet1 samsung1 samsung123 google123
google1234 facebook facebook1 linkedin microsoft windows10 windows1 android1 sunshine sunshine1 princess princess1
superman superman1 batman123 spiderman spiderman1 starwars starwars1 pokemon1 pokemon123 naruto123 minecraft minecraft1
football football1 football123 baseball baseball1 basketball basketball1 basketba hockey123 soccer123 soccer12 liverpool
liverpool1 arsenal1 chelsea1 chelsea123 barcelona barcelona1 realmadrid manchester manutd123 juventus juventus1 rangers1
cowboys1 steelers lakers24 yankees1 michael1 michael123 jennifer jennifer1 jessica1 michelle michelle1 nicholas charlie1
charlie123 danielle daniel123 alexander alexander1 benjamin samantha samantha1 victoria victoria1 jonathan jordan23
jordan123 anthony1 patricia patrick1 elizabeth elizabeth1 christian christopher stephanie veronica cristina caroline
isabella gabriel1 gabriela sebastian sebastian1 francesco alessandro alejandro fernando valentina katherine thompson
williams robinson hannah123 ashley123 andrew123 thomas123 matthew1 brandon1 william1 richard1 marina123 nathalie
dragon123 dragon12 monkey123 monkey12 shadow123 shadow12 master123 master12 mustang1 mustang123 corvette mercedes
ferrari1 porsche1 yamaha123 diamond1 diamonds butterfly butterfly1 blink182 metallica metallica1 slipknot1 eminem123
linkinpark nirvana1 ihateyou fuckyou1 fuckyou2 fuckyou! fuckyou123 fuckoff1 asshole1 bullshit pussycat blessed1 jesus123
jesuschrist godisgood godbless1 lovelove lovelove1 babygirl babygirl1 babyboy1 sweetheart sweetie1 chocolate chocolate1
cookie123 peaches1 pumpkin1 cupcake1 strawberry banana123 cheese123 flower123 flowers1 rainbow1 rainbow123 summer123
summer2023 summer2024 summer2025 summer2026 winter123 winter2023 winter2024 winter2025 winter2026 spring2024 spring2025
spring2026 autumn2024 autumn2025 january1 february september november december monday123 midnight midnight1 november1
december1 infinity creative creative1 maverick maverick1 scorpion phoenix1 gangster playboy1 killer123 hunter123
hunter12 ranger123 warrior1 firebird snowball thunder1 hurricane lightning marlboro1 budweiser swordfish startrek
einstein mountain mountains freedom1 freedom123 forever1 friends1 friends123 together family123 success1 champion
champion1 champions victory1 america1 american1 australia california canada123 england1 germany1 deutschland london123
newyork1 paris123 scotland zurich123 bonjour1 bonjour123 soleil123 doudou123 chouchou marseille marseille1 schatz123
hallo123 hallo1234 hallohallo schalke04 borussia sommer2024 sommer2025 bayern123 tequiero teamo123 estrella mariposa
princesa contrase colombia juventud brasil123 flamengo corinthians palmeiras insiders insiders1 insiders12 insiders123
insidersapi insiders-api athlete1 athlete123 athletes manager1 manager123 coach123 coach1234 trainer1 trainer123
training training1 training123 tracker1 tracker123 device123 football2024 football2025 football2026
correcthorsebatterystaple
`
    .trim()
    .split(/\s+/),
);
