/**
 * Regions (two digits: names fi/sv/en), each followed by its municipalities (three digits: name fi, /sv where it differs,
 * population at the end of 2022). Packed, because it ships to phones; `municipalities.ts` reads it.
 *
 * Codes, names and regions: Statistics Finland, classification of 2026 (CC BY 4.0). Population: Statistics Finland through
 * Sotkanet (THL), indicator 127, year 2022 (CC BY 4.0); Mäntyharju includes Pertunmaa, merged in 2026.
 */
export const municipalityTable = `
01 Uusimaa/Nyland/Uusimaa
018 Askola 4763
049 Espoo/Esbo 305274
078 Hanko/Hangö 7832
091 Helsinki/Helsingfors 664028
092 Vantaa/Vanda 242819
106 Hyvinkää/Hyvinge 46797
149 Inkoo/Ingå 5384
186 Järvenpää/Träskända 45630
224 Karkkila/Högfors 8603
235 Kauniainen/Grankulla 10284
245 Kerava/Kervo 37676
257 Kirkkonummi/Kyrkslätt 40722
407 Lapinjärvi/Lappträsk 2518
434 Loviisa/Lovisa 14568
444 Lohja/Lojo 45811
504 Myrskylä/Mörskom 1764
505 Mäntsälä 20912
543 Nurmijärvi 44458
611 Pornainen/Borgnäs 5011
616 Pukkila 1807
638 Porvoo/Borgå 51232
710 Raasepori/Raseborg 27306
753 Sipoo/Sibbo 22320
755 Siuntio/Sjundeå 6217
858 Tuusula/Tusby 40384
927 Vihti/Vichtis 28913
02 Varsinais-Suomi/Egentliga Finland/Southwest Finland
019 Aura 3965
202 Kaarina/S:t Karins 35848
284 Koski Tl/Koskis 2227
304 Kustavi/Gustavs 950
322 Kemiönsaari/Kimitoön 6549
400 Laitila/Letala 8366
423 Lieto/Lundo 20497
430 Loimaa 15392
445 Parainen/Pargas 14991
480 Marttila/S:t Mårtens 1978
481 Masku 9642
503 Mynämäki/Virmo 7539
529 Naantali/Nådendal 19850
538 Nousiainen/Nousis 4644
561 Oripää 1317
577 Paimio/Pemar 11138
631 Pyhäranta 1963
636 Pöytyä 8154
680 Raisio/Reso 24942
704 Rusko 6428
734 Salo 50933
738 Sauvo/Sagu 2917
761 Somero 8426
833 Taivassalo/Tövsala 1691
853 Turku/Åbo 197900
895 Uusikaupunki/Nystad 15092
918 Vehmaa/Vemo 2228
04 Satakunta/Satakunta/Satakunta
050 Eura 11276
051 Eurajoki/Euraåminne 9211
079 Harjavalta 6753
102 Huittinen/Vittis 9745
181 Jämijärvi 1683
214 Kankaanpää 12528
230 Karvia 2240
271 Kokemäki/Kumo 6903
484 Merikarvia/Sastmola 2967
531 Nakkila 5072
608 Pomarkku/Påmark 1980
609 Pori/Björneborg 83205
684 Rauma/Raumo 38667
747 Siikainen/Siikais 1308
783 Säkylä 6419
886 Ulvila/Ulvsby 12599
05 Kanta-Häme/Egentliga Tavastland/Kanta-Häme
061 Forssa 16459
082 Hattula 9359
086 Hausjärvi 8031
103 Humppila 2161
109 Hämeenlinna/Tavastehus 68043
165 Janakkala 16280
169 Jokioinen/Jockis 4990
433 Loppi 7749
694 Riihimäki 28349
834 Tammela 5879
981 Ypäjä 2237
06 Pirkanmaa/Birkaland/Pirkanmaa
020 Akaa/Ackas 16473
108 Hämeenkyrö/Tavastkyro 10257
143 Ikaalinen/Ikalis 6804
177 Juupajoki 1768
211 Kangasala 32959
250 Kihniö 1771
291 Kuhmoinen/Kuhmois 2119
418 Lempäälä 24580
508 Mänttä-Vilppula 9360
536 Nokia 35346
562 Orivesi 8935
581 Parkano 6240
604 Pirkkala/Birkala 20405
619 Punkalaidun 2675
635 Pälkäne 6347
702 Ruovesi 4114
790 Sastamala 23734
837 Tampere/Tammerfors 249009
887 Urjala 4569
908 Valkeakoski 20703
922 Vesilahti 4501
936 Virrat/Virdois 6395
980 Ylöjärvi 33607
07 Päijät-Häme/Päijänne-Tavastland/Päijät-Häme
016 Asikkala 8014
081 Hartola/Gustav Adolfs 2574
098 Hollola 22943
111 Heinola 18131
142 Iitti/Itis 6504
316 Kärkölä 4198
398 Lahti/Lahtis 120175
560 Orimattila 15735
576 Padasjoki 2750
781 Sysmä 3504
08 Kymenlaakso/Kymmenedalen/Kymenlaakso
075 Hamina/Fredrikshamn 19549
285 Kotka 50617
286 Kouvola 79429
489 Miehikkälä 1791
624 Pyhtää/Pyttis 5117
935 Virolahti/Vederlax 2985
09 Etelä-Karjala/Södra Karelen/South Karelia
153 Imatra 25208
405 Lappeenranta/Villmanstrand 72650
416 Lemi 2886
441 Luumäki 4421
580 Parikkala 4438
689 Rautjärvi 3093
700 Ruokolahti/Ruokolax 4842
739 Savitaipale 3256
831 Taipalsaari 4559
10 Etelä-Savo/Södra Savolax/South Savo
046 Enonkoski 1341
097 Hirvensalmi 2091
178 Juva 5769
213 Kangasniemi 5154
491 Mikkeli/S:t Michel 51980
507 Mäntyharju 7164
593 Pieksämäki 17077
623 Puumala 2107
681 Rantasalmi 3308
740 Savonlinna/Nyslott 32085
768 Sulkava 2375
11 Pohjois-Savo/Norra Savolax/North Savo
140 Iisalmi/Idensalmi 20801
171 Joroinen/Jorois 4540
204 Kaavi 2689
239 Keitele 2029
263 Kiuruvesi 7597
297 Kuopio 122594
402 Lapinlahti 9099
420 Leppävirta 9177
595 Pielavesi 4140
686 Rautalampi 2964
687 Rautavaara 1477
749 Siilinjärvi 21232
762 Sonkajärvi 3672
778 Suonenjoki 6763
844 Tervo 1441
857 Tuusniemi 2394
915 Varkaus 19759
921 Vesanto 1894
925 Vieremä 3427
12 Pohjois-Karjala/Norra Karelen/North Karelia
090 Heinävesi 3061
146 Ilomantsi/Ilomants 4492
167 Joensuu 77513
176 Juuka/Juga 4352
260 Kitee/Kides 9727
276 Kontiolahti/Kontiolax 15157
309 Outokumpu 6457
422 Lieksa 10372
426 Liperi/Libelits 11962
541 Nurmes 9243
607 Polvijärvi 4084
707 Rääkkylä 1960
848 Tohmajärvi 4160
13 Keski-Suomi/Mellersta Finland/Central Finland
077 Hankasalmi 4601
172 Joutsa 4171
179 Jyväskylä 145887
182 Jämsä 19347
216 Kannonkoski 1269
226 Karstula 3665
249 Keuruu/Keuru 9250
256 Kinnula 1554
265 Kivijärvi 1064
275 Konnevesi 2521
312 Kyyjärvi 1196
410 Laukaa/Laukas 18775
435 Luhanka 692
495 Multia 1477
500 Muurame 10486
592 Petäjävesi 3651
601 Pihtipudas 3786
729 Saarijärvi 8975
850 Toivakka 2407
892 Uurainen 3592
931 Viitasaari 5951
992 Äänekoski 18120
14 Etelä-Pohjanmaa/Södra Österbotten/South Ostrobothnia
005 Alajärvi 9183
010 Alavus/Alavo 11102
052 Evijärvi 2346
145 Ilmajoki/Ilmola 12369
151 Isojoki/Storå 1852
152 Isokyrö/Storkyro 4406
218 Karijoki/Bötom 1200
232 Kauhajoki 12750
233 Kauhava 15116
300 Kuortane 3437
301 Kurikka 19890
403 Lappajärvi 2820
408 Lapua/Lappo 14099
743 Seinäjoki 65323
759 Soini 1942
846 Teuva/Östermark 4862
934 Vimpeli/Vindala 2671
989 Ähtäri/Etseri 5406
15 Pohjanmaa/Österbotten/Ostrobothnia
231 Kaskinen/Kaskö 1256
280 Korsnäs 2024
287 Kristiinankaupunki/Kristinestad 6242
288 Kruunupyy/Kronoby 6405
399 Laihia/Laihela 7817
440 Luoto/Larsmo 5732
475 Maalahti/Malax 5479
499 Mustasaari/Korsholm 19662
545 Närpiö/Närpes 9584
598 Pietarsaari/Jakobstad 19207
599 Pedersören kunta/Pedersöre 11206
893 Uusikaarlepyy/Nykarleby 7434
905 Vaasa/Vasa 67988
946 Vöyri/Vörå 6287
16 Keski-Pohjanmaa/Mellersta Österbotten/Central Ostrobothnia
074 Halsua/Halso 1052
217 Kannus 5352
236 Kaustinen/Kaustby 4198
272 Kokkola/Karleby 48006
421 Lestijärvi 695
584 Perho 2653
849 Toholampi 2903
924 Veteli/Vetil 2946
17 Pohjois-Pohjanmaa/Norra Österbotten/North Ostrobothnia
009 Alavieska 2447
069 Haapajärvi 6687
071 Haapavesi 6601
072 Hailuoto/Karlö 960
139 Ii/Ijo 9853
208 Kalajoki 12335
244 Kempele 19300
305 Kuusamo 15146
317 Kärsämäki 2474
425 Liminka/Limingo 10258
436 Lumijoki 1988
483 Merijärvi 1067
494 Muhos 8882
535 Nivala 10409
563 Oulainen 7025
564 Oulu/Uleåborg 211848
615 Pudasjärvi 7603
625 Pyhäjoki 2991
626 Pyhäjärvi 4835
630 Pyhäntä 1635
678 Raahe/Brahestad 24073
691 Reisjärvi 2636
746 Sievi 4735
748 Siikajoki 4897
785 Vaala 2626
791 Siikalatva 5029
832 Taivalkoski 3825
859 Tyrnävä 6562
889 Utajärvi 2523
977 Ylivieska 15293
18 Kainuu/Kajanaland/Kainuu
105 Hyrynsalmi 2094
205 Kajaani/Kajana 36297
290 Kuhmo 7755
578 Paltamo 3100
620 Puolanka 2380
697 Ristijärvi 1174
765 Sotkamo 10354
777 Suomussalmi 7367
19 Lappi/Lappland/Lapland
047 Enontekiö/Enontekis 1811
148 Inari/Enare 7047
240 Kemi 19499
241 Keminmaa 7771
261 Kittilä 6637
273 Kolari 3999
320 Kemijärvi 6996
498 Muonio 2281
583 Pelkosenniemi 947
614 Posio 2999
683 Ranua 3618
698 Rovaniemi 64535
732 Salla 3336
742 Savukoski 988
751 Simo 2877
758 Sodankylä 8134
845 Tervola 2863
851 Tornio/Torneå 21227
854 Pello 3262
890 Utsjoki 1180
976 Ylitornio/Övertorneå 3788
21 Ahvenanmaa/Åland/Åland
035 Brändö 450
043 Eckerö 939
060 Finström 2588
062 Föglö 504
065 Geta 507
076 Hammarland 1628
170 Jomala 5610
295 Kumlinge 306
318 Kökar 223
417 Lemland 2131
438 Lumparland 360
478 Maarianhamina - Mariehamn/Mariehamn 11757
736 Saltvik 1793
766 Sottunga 111
771 Sund 1001
941 Vårdö 451
`;
