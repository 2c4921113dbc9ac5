// The search: loads only the shards of the pairs of characters that were asked for, as scripts, so that it works from
// a folder too. How text is folded and where pairs lie is as in honorroll/search; a test holds the two together.
(function () {
  var BATCH = 10, BLOCKS = 6, PAIRS = 5; // hits at a time, files of words for them, pairs looked up for one word
  var BEFORE = 24, AROUND = 96; // characters of an excerpt before its first match, and in all
  var TITLE_IS = 0, TITLE_BEGINS = 1, TITLE_HAS = 2, INITIALS = 3, TEXT = 4; // the better the lower
  var DROPPED = /[·•・‧∙⋅･᛫⸱ꞏ\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]/g;
  var HAN = "[\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
  var GAP = new RegExp("(" + HAN + ")(?:[ \\t-\\r]+|\\.)(?=" + HAN + ")", "gu"), LONE = new RegExp("^" + HAN + "$", "u");
  var WORD = /[0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
  var DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  // Traditional characters, each before its simplified form: honorroll/han/traditional.txt, by tools/han_table.py.
  var FORMS = new Map(((
    "㑳㑇㘚㘎㥮㤘㩳㧐䃮鿎䥑鿏䰾鲃䲁鳚䲘鳤䴉鹮丟丢並并亂乱亞亚佇伫併并來来侖仑侶侣俁俣係系俔伣俠侠倀伥倆俩倈俫倉仓個个們们倫伦偉伟側侧偵侦偽伪傑杰傖伧傘伞備备傢家傭佣傯偬傳传傴伛債债傷伤傾倾僂偻僅仅僉佥僑侨" +
    "僕仆僞伪僥侥僨偾價价儀仪儂侬億亿儈侩儉俭儐傧儔俦儕侪儘尽償偿優优儲储儷俪儺傩儻傥儼俨兌兑兒儿兗兖內内兩两兪俞冊册冪幂凈净凍冻凜凛凱凯別别刪删剄刭則则剎刹剗刬剛刚剝剥剮剐剴剀創创劃划劇剧劉刘劊刽劌刿劍剑" +
    "劑剂勁劲動动務务勛勋勝胜勞劳勢势勩勚勱劢勵励勸劝勻匀匭匦匯汇匱匮區区協协卻却卽即厙厍厭厌厲厉厴厣參参叄叁叢丛吳吴吶呐呂吕呉吴咼呙員员唄呗唚吣問问啓启啞哑啟启喚唤喪丧喬乔單单喲哟嗆呛嗇啬嗊唝嗎吗嗚呜嗩唢" +
    "嗶哔嘆叹嘍喽嘔呕嘖啧嘗尝嘜唛嘩哗嘮唠嘯啸嘰叽嘵哓嘸呒嘽啴噓嘘噝咝噠哒噥哝噦哕噯嗳噲哙噴喷噸吨噹当嚀咛嚇吓嚕噜嚙啮嚦呖嚨咙嚲亸嚳喾嚴严嚶嘤囀啭囁嗫囂嚣囅冁囈呓囉啰囑嘱囪囱囯国圇囵國国圍围園园圓圆圖图團团" +
    "埡垭埰采執执堅坚堊垩堖垴堝埚堯尧報报場场塊块塋茔塏垲塒埘塗涂塢坞塤埙塵尘塹堑墊垫墜坠墮堕墳坟墶垯墾垦壇坛壋垱壓压壘垒壙圹壚垆壞坏壟垄壢坜壩坝壪塆壯壮壺壶壼壸壽寿夠够夢梦夾夹奐奂奧奥奩奁奪夺奮奋奼姹妝妆" +
    "姍姗姦奸娛娱婁娄婦妇婭娅媧娲媯妫媼媪媽妈嫗妪嫵妩嫻娴嫿婳嬀妫嬃媭嬈娆嬋婵嬌娇嬙嫱嬡嫒嬤嬷嬪嫔嬰婴嬸婶孌娈孫孙學学孿孪宮宫寛宽寢寝實实寧宁審审寫写寬宽寵宠寶宝將将專专尋寻對对導导尷尴屆届屍尸屓屃屜屉屢屡" +
    "層层屨屦屬属岡冈峯峰峴岘島岛峽峡崍崃崑昆崗岗崢峥崬岽嵐岚嶁嵝嶄崭嶇岖嶔嵚嶗崂嶠峤嶢峣嶧峄嶨峃嶮崄嶴岙嶸嵘嶺岭嶼屿巋岿巒峦巔巅巰巯帥帅師师帳帐帶带幀帧幃帏幗帼幘帻幟帜幣币幫帮幬帱幹干幾几庫库廁厕廂厢廄厩" +
    "廈厦廎庼廚厨廝厮廟庙廠厂廡庑廢废廣广廩廪廬庐廳厅弒弑張张強强彈弹彊强彌弥彎弯彙汇彞彝彠彟彥彦後后徑径從从徠徕復复徳德徹彻恆恒恥耻恵惠悅悦悵怅悶闷惡恶惱恼惲恽惻恻愛爱愜惬愨悫愴怆愷恺愼慎愾忾慄栗態态慍愠" +
    "慘惨慚惭慟恸慣惯慪怄慫怂慮虑慳悭慶庆憂忧憊惫憐怜憑凭憒愦憖慭憚惮憤愤憫悯憮怃憲宪憶忆懇恳應应懌怿懍懔懞蒙懟怼懣懑懨恹懲惩懶懒懷怀懸悬懺忏懼惧懾慑戀恋戇戆戔戋戠只戧戗戩戬戰战戲戏戶户戸户拋抛挾挟捨舍捫扪" +
    "捲卷掃扫掄抡掙挣掛挂採采揀拣揚扬換换揮挥損损搖摇搗捣搶抢摑掴摜掼摟搂摯挚摳抠摶抟摺折摻掺撈捞撏挦撐撑撓挠撝㧑撣掸撥拨撫抚撲扑撳揿撻挞撾挝撿捡擁拥擄掳擇择擊击擋挡擓㧟擔担據据擠挤擬拟擯摈擰拧擱搁擲掷擴扩" +
    "擷撷擺摆擻擞擼撸擾扰攄摅攆撵攏拢攔拦攖撄攙搀攛撺攜携攝摄攢攒攣挛攤摊攪搅攬揽敎教敗败敘叙敵敌數数斂敛斃毙斆敩斉齐斎斋斕斓斬斩斷断時时晉晋晝昼暈晕暉晖暘旸暢畅暫暂曄晔曆历曇昙曉晓曏向曖暧曠旷曨昽曬晒書书" +
    "會会朧胧東东柵栅査查栄荣栢柏桜樱桿杆梔栀梘枧條条梟枭梲棁棄弃棖枨棗枣棟栋棡㭎棧栈棲栖棶梾椏桠楊杨楓枫楨桢業业極极榪杩榮荣榲榅榿桤構构槍枪槤梿槧椠槨椁槳桨樁桩樂乐樅枞樑梁樓楼標标樞枢樣样樸朴樹树樺桦橈桡" +
    "橋桥機机橢椭橫横檁檩檉柽檔档檜桧檟槚檢检檣樯檮梼檯台檳槟檸柠檻槛櫃柜櫓橹櫚榈櫛栉櫝椟櫞橼櫟栎櫥橱櫧槠櫨栌櫪枥櫫橥櫬榇櫱蘖櫳栊櫸榉櫻樱欄栏權权欏椤欒栾欖榄欞棂欽钦歐欧歟欤歡欢歲岁歳岁歷历歸归歿殁殘残殞殒" +
    "殤殇殫殚殮殓殯殡殲歼殺杀殼壳毀毁毆殴毿毵氂牦氈毡氌氇氣气氫氢氬氩氳氲決决沒没沖冲沢泽況况洶汹浹浃涇泾涼凉淚泪淥渌淪沦淵渊淶涞淸清淺浅渙涣減减渢沨渦涡測测渾浑湊凑湞浈湯汤溈沩準准溝沟溫温溮浉溳涢滄沧滅灭" +
    "滌涤滎荥滬沪滯滞滲渗滸浒滻浐滾滚滿满漁渔漊溇漚沤漢汉漣涟漬渍漲涨漵溆漸渐漿浆潁颍潑泼潔洁潙沩潛潜潤润潯浔潰溃潷滗潿涠澀涩澆浇澇涝澐沄澗涧澠渑澤泽澦滪澮浍澱淀濁浊濃浓濕湿濘泞濚溁濛蒙濜浕濟济濤涛濫滥濰潍" +
    "濱滨濶阔濺溅濼泺濾滤瀂澛瀅滢瀆渎瀉泻瀋沈瀏浏瀕濒瀘泸瀝沥瀟潇瀠潆瀦潴瀧泷瀨濑瀲潋瀾澜灃沣灄滠灑洒灕漓灘滩灝灏灠漤灣湾灤滦灧滟災灾為为烏乌烴烃無无煉炼煒炜煕熙煙烟煢茕煥焕煩烦煬炀熅煴熈熙熒荧熗炝熱热熲颎" +
    "熾炽燁烨燈灯燒烧燙烫燜焖營营燦灿燭烛燴烩燼烬燾焘爍烁爐炉爛烂爭争爲为爺爷爾尔牆墙牘牍牽牵犖荦犢犊犧牺狀状狹狭狽狈猙狰猶犹猻狲獁犸獄狱獅狮獎奖獨独獪狯獫猃獮狝獰狞獲获獵猎獷犷獸兽獺獭獻献獼猕玀猡珎珍珮佩" +
    "現现琹琴琺珐琿珲瑋玮瑒玚瑣琐瑤瑶瑩莹瑪玛瑲玱璉琏璡琎璣玑璦瑷璫珰環环璵玙璽玺瓊琼瓏珑瓔璎瓚瓒甌瓯產产産产畝亩畢毕畫画異异當当疇畴疊叠痙痉痾疴瘋疯瘍疡瘓痪瘞瘗瘡疮瘧疟瘮瘆瘲疭瘺瘘療疗癆痨癇痫癉瘅癘疠癟瘪" +
    "癢痒癤疖癥症癧疬癩癞癬癣癭瘿癮瘾癰痈癱瘫癲癫發发皚皑皰疱皸皲皺皱盜盗盞盏盡尽監监盤盘盧卢盪荡眞真眥眦眾众睏困睜睁睞睐瞘眍瞜䁖瞞瞒瞼睑矇蒙矓眬矚瞩矯矫硃朱硜硁硤硖硨砗硯砚碩硕碭砀碸砜確确碼码磑硙磚砖磣碜" +
    "磧碛磯矶磽硗磾䃅礄硚礎础礙碍礦矿礪砺礫砾礬矾礱砻祿禄禍祸禎祯禕祎禡祃禦御禪禅禮礼禰祢禱祷禿秃秈籼稅税稈秆稟禀種种稱称穀谷穇䅟穌稣積积穎颖穠秾穡穑穢秽穩稳穫获穭稆窩窝窪洼窮穷窯窑窵窎窶窭窺窥竄窜竅窍竇窦" +
    "竈灶竊窃竜龙競竞筆笔筍笋筧笕箋笺箏筝節节範范築筑篋箧篔筼篤笃篩筛篳筚簀箦簍篓簞箪簡简簣篑簫箫簹筜簽签簾帘籃篮籌筹籙箓籛篯籜箨籟籁籠笼籩笾籪簖籬篱籮箩籲吁粛肃粵粤糝糁糞粪糧粮糲粝糴籴糶粜糾纠紀纪紂纣約约" +
    "紅红紆纡紇纥紈纨紉纫紋纹納纳紐纽紓纾純纯紕纰紖纼紗纱紘纮紙纸級级紛纷紜纭紝纴紡纺細细紱绂紲绁紳绅紵纻紹绍紺绀紼绋紿绐絀绌終终組组絅䌹絆绊絎绗結结絕绝絛绦絝绔絞绞絡络絢绚給给絨绒絰绖統统絲丝絳绛絹绢綁绑" +
    "綃绡綆绠綈绨綉绣綌绤綏绥經经綜综綠绿綢绸綣绻綫线綬绶維维綯绹綰绾綱纲網网綴缀綵彩綸纶綹绺綺绮綻绽綽绰綾绫綿绵緄绲緇缁緊紧緋绯総总緑绿緒绪緔绱緖绪緗缃緘缄緙缂線线緝缉緞缎締缔緡缗緣缘緦缌編编緩缓緬缅緯纬" +
    "緱缑緲缈練练緹缇緻致縈萦縉缙縊缢縋缒縐绉縑缣縕缊縗缞縛缚縝缜縞缟縟缛縣县縧绦縫缝縭缡縮缩縱纵縲缧縵缦縶絷縷缕縹缥總总績绩繃绷繅缫繆缪繒缯織织繕缮繚缭繞绕繡绣繩绳繪绘繫系繭茧繮缰繯缳繰缲繳缴繹绎繼继繽缤" +
    "繾缱纈缬纊纩續续纍累纏缠纓缨纔才纖纤纘缵纜缆缽钵罃䓨罈坛罌罂罰罚罵骂罷罢羅罗羆罴羈羁羋芈羣群羥羟義义習习翬翚翹翘翽翙耬耧耮耢聖圣聞闻聡聪聯联聰聪聲声聳耸聵聩聶聂職职聹聍聽听聾聋肅肃脅胁脈脉脛胫脫脱脹胀" +
    "腎肾腖胨腡脶腦脑腫肿腳脚腸肠膃腽膕腘膚肤膞䏝膠胶膩腻膽胆膾脍膿脓臉脸臍脐臏膑臘腊臚胪臟脏臠脔臢臜臨临臺台與与興兴舉举舊旧艙舱艤舣艦舰艫舻艱艰艷艳芻刍茲兹荊荆莊庄莖茎莢荚莧苋華华萇苌萊莱萬万萵莴葉叶葒荭" +
    "葤荮葦苇葷荤蒔莳蒞莅蒼苍蓀荪蓋盖蓮莲蓯苁蓴莼蓽荜蔔卜蔞蒌蔣蒋蔥葱蔦茑蔭荫蕁荨蕆蒇蕎荞蕒荬蕓芸蕕莸蕘荛蕢蒉蕩荡蕪芜蕭萧蕷蓣薀蕰薈荟薊蓟薌芗薑姜薔蔷薘荙薟莶薦荐薩萨薫薰薴苧薺荠藍蓝藎荩藝艺藥药藪薮藭䓖藴蕴" +
    "藶苈藹蔼藺蔺蘀萚蘄蕲蘆芦蘇苏蘊蕴蘋苹蘚藓蘞蔹蘢茏蘭兰蘺蓠蘿萝處处虛虚虜虏號号虧亏虯虬蛺蛱蛻蜕蜆蚬蝕蚀蝟猬蝦虾蝸蜗螄蛳螞蚂螢萤螮䗖螻蝼蟄蛰蟈蝈蟎螨蟣虮蟬蝉蟯蛲蟲虫蟶蛏蟻蚁蠅蝇蠆虿蠐蛴蠑蝾蠟蜡蠣蛎蠨蟏蠱蛊" +
    "蠶蚕蠻蛮衆众衊蔑術术衕同衚胡衛卫衝冲衞卫袞衮裊袅裏里補补裝装裡里製制複复褌裈褘袆褲裤褳裢褸褛褻亵襇裥襏袯襖袄襝裣襠裆襤褴襪袜襯衬襲袭襴襕見见覎觃規规覓觅視视覘觇覡觋覦觎親亲覬觊覯觏覲觐覷觑覺觉覽览覿觌" +
    "觀观觴觞觶觯觸触訂订訃讣計计訊讯訌讧討讨訐讦訒讱訓训訕讪訖讫記记訛讹訝讶訟讼訢䜣訣诀訥讷訩讻訪访設设許许訴诉訶诃診诊註注詁诂詆诋詎讵詐诈詒诒詔诏評评詖诐詗诇詘诎詛诅詞词詠咏詡诩詢询詣诣試试詩诗詫诧詬诟" +
    "詭诡詮诠詰诘話话該该詳详詵诜詼诙詿诖誄诔誅诛誆诓誇夸誌志認认誑诳誕诞誘诱誚诮語语誠诚誡诫誣诬誤误誥诰誦诵誨诲說说説说誰谁課课誶谇誹诽誼谊誾訚調调諂谄諄谆談谈諉诿請请諍诤諏诹諑诼諒谅論论諗谂諛谀諜谍諝谞" +
    "諞谝諢诨諤谔諦谛諧谐諫谏諭谕諱讳諳谙諶谌諷讽諸诸諺谚諼谖諾诺謀谋謁谒謂谓謄誊謅诌謊谎謎谜謐谧謔谑謖谡謗谤謙谦謚谥講讲謝谢謠谣謨谟謫谪謬谬謭谫謳讴謹谨謾谩證证譎谲譏讥譖谮識识譙谯譚谭譜谱譫谵譯译議议譴谴" +
    "護护譽誉譾谫讀读變变讋詟讎雠讒谗讓让讕谰讖谶讜谠讞谳豈岂豎竖豐丰豬猪豶豮貓猫貙䝙貝贝貞贞負负財财貢贡貧贫貨货販贩貪贪貫贯責责貯贮貰贳貲赀貳贰貴贵貶贬買买貸贷貺贶費费貼贴貽贻貿贸賀贺賁贲賂赂賃赁賄贿賅赅" +
    "資资賈贾賊贼賑赈賒赊賓宾賕赇賙赒賚赉賜赐賞赏賠赔賡赓賢贤賣卖賤贱賦赋賧赕質质賬账賭赌賴赖賵赗賺赚賻赙購购賽赛賾赜贄贽贅赘贇赟贈赠贊赞贋赝贍赡贏赢贐赆贓赃贔赑贖赎贗赝贛赣赬赪趕赶趙赵趨趋趲趱跡迹踐践踴踊" +
    "蹌跄蹕跸蹣蹒蹤踪蹺跷躂跶躉趸躊踌躋跻躍跃躑踯躒跞躓踬躕蹰躚跹躡蹑躥蹿躦躜躪躏軀躯車车軋轧軌轨軍军軑轪軒轩軔轫軛轭軟软軤轷軫轸軲轱軸轴軹轵軺轺軻轲軼轶軾轼較较輅辂輇辁輈辀載载輊轾輒辄輓挽輔辅輕轻輛辆輜辎" +
    "輝辉輞辋輟辍輥辊輦辇輩辈輪轮輬辌輯辑輳辏輸输輻辐輾辗輿舆轀辒轂毂轄辖轅辕轆辘轉转轍辙轎轿轔辚轟轰轡辔轢轹轤轳辦办辭辞辮辫辯辩農农辺边迴回逕迳這这連连進进遊游運运過过達达違违遙遥遜逊遞递遠远適适遲迟遷迁" +
    "選选遺遗遼辽邁迈還还邇迩邉边邊边邏逻邐逦郟郏郵邮鄆郓鄉乡鄒邹鄔邬鄕乡鄖郧鄧邓鄭郑鄰邻鄲郸鄴邺鄶郐鄺邝酇酂酈郦醜丑醞酝醫医醬酱醱酦釀酿釁衅釃酾釅酽釋释釓钆釔钇釕钌釗钊釘钉釙钋針针釣钓釤钐釧钏釩钒釵钗釷钍" +
    "釹钕釺钎鈀钯鈁钫鈃钘鈄钭鈈钚鈉钠鈍钝鈎钩鈐钤鈑钣鈔钞鈕钮鈞钧鈣钙鈥钬鈦钛鈧钪鈮铌鈰铈鈴铃鈷钴鈸钹鈹铍鈺钰鈾铀鈿钿鉀钾鉅钜鉈铊鉉铉鉍铋鉑铂鉕钷鉗钳鉚铆鉛铅鉞钺鉤钩鉦钲鉬钼鉭钽鉶铏鉸铰鉺铒鉻铬鉿铪銀银銃铳" +
    "銅铜銍铚銑铣銓铨銖铢銘铭銚铫銜衔銠铑銣铷銥铱銦铟銨铵銩铥銪铕銫铯銬铐銱铞銳锐銷销銹锈銻锑銼锉鋁铝鋃锒鋅锌鋇钡鋌铤鋏铗鋒锋鋙铻鋝锊鋟锓鋣铘鋤锄鋥锃鋦锔鋨锇鋪铺鋭锐鋮铖鋯锆鋰锂鋱铽鋶锍鋸锯鋼钢錁锞錄录錆锖" +
    "錇锫錈锩錐锥錒锕錕锟錘锤錙锱錚铮錛锛錟锬錠锭錡锜錢钱錦锦錨锚錫锡錮锢錯错録录錳锰錶表錸铼鍀锝鍁锨鍃锪鍆钔鍇锴鍈锳鍋锅鍍镀鍔锷鍘铡鍚钖鍛锻鍠锽鍤锸鍥锲鍩锘鍬锹鍰锾鍵键鍶锶鍺锗鍾钟鎂镁鎄锿鎇镅鎊镑鎔镕鎖锁" +
    "鎘镉鎛镈鎡镃鎢钨鎣蓥鎦镏鎧铠鎩铩鎪锼鎬镐鎭镇鎮镇鎰镒鎲镋鎳镍鎵镓鎿镎鏃镞鏇旋鏈链鏌镆鏐镠鏑镝鏗铿鏘锵鏜镗鏝镘鏞镛鏟铲鏡镜鏢镖鏤镂鏨錾鏰镚鏵铧鏷镤鏹镪鏺䥽鏽锈鐃铙鐋铴鐐镣鐒铹鐓镦鐔镡鐘钟鐙镫鐝镢鐠镨鐦锎" +
    "鐧锏鐨镄鐫镌鐮镰鐯䦃鐲镯鐳镭鐵铁鐶镮鐸铎鐺铛鐿镱鑄铸鑊镬鑌镔鑑鉴鑒鉴鑔镲鑕锧鑞镴鑠铄鑣镳鑥镥鑭镧鑰钥鑱镵鑲镶鑷镊鑹镩鑼锣鑽钻鑾銮鑿凿長长門门閂闩閃闪閆闫閉闭開开閌闶閎闳閏闰閑闲閒闲間间閔闵閘闸閡阂閣阁" +
    "閤合閥阀閨闺閩闽閫阃閬阆閭闾閱阅閲阅閶阊閹阉閻阎閼阏閽阍閾阈閿阌闃阒闆板闈闱闊阔闋阕闌阑闍阇闐阗闒阘闓闿闔阖闕阙闖闯關关闞阚闡阐闢辟闥闼陘陉陝陕陣阵陰阴陳陈陸陆陽阳隉陧隊队階阶隕陨際际隣邻隨随險险隱隐" +
    "隴陇隸隶隻只雋隽雖虽雙双雛雏雜杂雞鸡離离難难雲云電电霧雾霽霁靂雳靄霭靆叇靈灵靉叆靑青靚靓靜静靦腼靨靥鞀鼗鞏巩鞝绱鞦秋鞽鞒韁缰韃鞑韆千韉鞯韋韦韌韧韍韨韓韩韙韪韜韬韞韫韻韵響响頁页頂顶頃顷項项順顺頇顸須须" +
    "頊顼頌颂頎颀頏颃預预頑顽頒颁頓顿頗颇領领頜颌頡颉頤颐頦颏頭头頰颊頲颋頷颔頸颈頹颓頻频顆颗題题額额顎颚顏颜顒颙顓颛顔颜願愿顙颡顛颠類类顢颟顥颢顧顾顫颤顬颥顯显顰颦顱颅顳颞顴颧風风颭飐颮飑颯飒颱台颳刮颶飓" +
    "颸飔颺飏颼飕飀飗飄飘飆飙飛飞飢饥飩饨飪饪飫饫飭饬飯饭飲饮飴饴飼饲飽饱飾饰飿饳餃饺餄饸餅饼餉饷養养餌饵餎饹餏饻餑饽餒馁餓饿餘余餚肴餛馄餜馃餞饯餡馅館馆餱糇餳饧餶馉餷馇餼饩餾馏餿馊饁馌饃馍饅馒饈馐饉馑饊馓" +
    "饋馈饌馔饒饶饗飨饜餍饞馋饢馕馬马馭驭馮冯馱驮馳驰馴驯馹驲駁驳駐驻駑驽駒驹駔驵駕驾駘骀駙驸駛驶駝驼駟驷駢骈駭骇駰骃駱骆駸骎駿骏騁骋騂骍騅骓騍骒騎骑騏骐騖骛騙骗騤骙騫骞騭骘騮骝騰腾騶驺騷骚騸骟騾骡驀蓦驁骜" +
    "驂骖驃骠驄骢驅驱驊骅驌骕驍骁驏骣驕骄驗验驚惊驛驿驟骤驢驴驤骧驥骥驦骦驪骊驫骉骯肮髏髅髒脏體体髕髌髖髋髙高髮发鬆松鬍胡鬚须鬢鬓鬥斗鬧闹鬩阋鬮阄鬱郁鬹鬶魎魉魘魇魚鱼魛鱽魢鱾魨鲀魯鲁魴鲂魷鱿鮁鲅鮃鲆鮊鲌鮋鲉" +
    "鮍鲏鮎鲇鮐鲐鮑鲍鮒鲋鮓鲊鮚鲒鮜鲘鮞鲕鮣䲟鮦鲖鮪鲔鮫鲛鮭鲑鮮鲜鮶鲪鮺鲝鯀鲧鯁鲠鯇鲩鯉鲤鯊鲨鯒鲬鯔鲻鯕鲯鯖鲭鯗鲞鯛鲷鯝鲴鯡鲱鯢鲵鯤鲲鯧鲳鯨鲸鯪鲮鯫鲰鯴鲺鯷鳀鯽鲫鯿鳊鰁鳈鰂鲗鰃鳂鰆䲠鰈鲽鰉鳇鰍鳅鰏鲾鰐鳄鰓鳃" +
    "鰛鳁鰜鳒鰟鳑鰣鲥鰥鳏鰧䲢鰨鳎鰩鳐鰭鳍鰮鳁鰱鲢鰲鳌鰳鳓鰵鳘鰷鲦鰹鲣鰺鲹鰻鳗鰼鳛鰾鳔鱂鳉鱅鳙鱈鳕鱉鳖鱒鳟鱔鳝鱖鳜鱗鳞鱘鲟鱝鲼鱟鲎鱠鲙鱣鳣鱤鳡鱧鳢鱨鲿鱭鲚鱯鳠鱷鳄鱸鲈鱺鲡鳥鸟鳧凫鳩鸠鳲鸤鳳凤鳴鸣鳶鸢鳾䴓鴆鸩" +
    "鴇鸨鴉鸦鴒鸰鴕鸵鴛鸳鴝鸲鴞鸮鴟鸱鴣鸪鴦鸯鴨鸭鴯鸸鴰鸹鴴鸻鴷䴕鴻鸿鴿鸽鵁䴔鵂鸺鵃鸼鵐鹀鵑鹃鵒鹆鵓鹁鵜鹈鵝鹅鵠鹄鵡鹉鵪鹌鵬鹏鵮鹐鵯鹎鵲鹊鵾鹍鶄䴖鶇鸫鶉鹑鶊鹒鶓鹋鶖鹙鶘鹕鶚鹗鶡鹖鶥鹛鶩鹜鶪䴗鶬鸧鶯莺鶲鹟鶴鹤" +
    "鶹鹠鶺鹡鶻鹘鶼鹣鷀鹚鷁鹢鷂鹞鷄鸡鷈䴘鷉䴘鷊鹝鷓鹧鷗鸥鷙鸷鷚鹨鷥鸶鷦鹪鷫鹔鷯鹩鷲鹫鷳鹇鷸鹬鷹鹰鷺鹭鷿䴙鸇鹯鸊䴙鸌鹱鸏鹲鸕鸬鸘鹴鸚鹦鸛鹳鸝鹂鸞鸾鹵卤鹹咸鹺鹾鹽盐麗丽麥麦麩麸麯曲麴麹麵面麼么黃黄黌黉點点黨党" +
    "黲黪黴霉黶黡黷黩黽黾黿鼋鼉鼍鼕冬鼴鼹齊齐齋斋齎赍齏齑齒齿齔龀齕龁齗龂齙龅齜龇齟龃齠龆齡龄齣出齦龈齪龊齬龉齲龋齶腭齷龌龍龙龐庞龑䶮龔龚龕龛龜龟"
  ).match(/../gu) || []).map(function (pair) { return [pair[0], pair[1]]; }));
  "於于锺钟徵征".match(/../g).forEach(function (pair) { FORMS.set(pair[0], pair[1]); }); // as in fold.py

  function plain(text) {
    var signs = Array.from(text.normalize("NFKC").toLowerCase().replace(DROPPED, ""));
    return signs.map(function (sign) { return FORMS.get(sign) || sign; }).join("");
  }

  function fold(text) {
    return (plain(text).replace(GAP, "$1").match(WORD) || []).join(" ");
  }

  // The words of a query. Here a blank parts words, but characters that stand alone are one name.
  function wordsOf(query) {
    var words = [], was = false;
    plain(query).split(/[ \t-\r]+/).map(fold).join(" ").split(" ").forEach(function (word) {
      var is = LONE.test(word);
      if (is && was) words.push(words.pop() + word); else words.push(word);
      was = is;
    });
    return words.filter(function (word) { return Array.from(word).length > 1; });
  }

  function shard(pair, count) {
    var signs = Array.from(pair);
    return (signs[0].codePointAt(0) * 1009 + signs[1].codePointAt(0)) % count;
  }

  // The numbers of a list: a bitmap after "!", else the gaps between them.
  function decode(text) {
    var found = [], number = -1, value = 0, shift = 0, at, bit, digit;
    if (text[0] === "!") {
      for (at = 1; at < text.length; at++) {
        digit = DIGITS.indexOf(text[at]);
        for (bit = 0; bit < 6; bit++) {
          value = (at - 1) * 6 + bit; // base64 is highest bit first, the bytes in it are counted from the lowest
          if (digit & (32 >> bit)) found.push((value & ~7) + 7 - (value & 7));
        }
      }
      return found;
    }
    for (at = 0; at < text.length; at++) {
      digit = DIGITS.indexOf(text[at]);
      value |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        number += value + 1;
        found.push(number);
        value = shift = 0;
      }
    }
    return found;
  }

  // Files of the index.
  var held = {}, coming = {};
  function load(name) {
    if (!coming[name]) {
      coming[name] = new Promise(function (done, fail) {
        var script = document.createElement("script");
        script.onload = function () { if (name in held) done(held[name]); else fail(); };
        script.onerror = function () { delete coming[name]; fail(); };
        script.src = "search/" + name + ".js";
        document.head.appendChild(script);
      });
    }
    return coming[name];
  }
  window.honorrollSearch = {
    fold: fold, words: wordsOf, shard: shard, decode: decode,
    put: function (name, content) { held[name] = content; }
  };

  function common(lists) {
    return lists.reduce(function (left, list) {
      var other = new Set(list);
      return left.filter(function (number) { return other.has(number); });
    });
  }

  // The pairs of a word; of a long one its first and last and some between. Of a number inside, also how long it is.
  function pairsOf(word) {
    var signs = Array.from(word), pairs = [], some = [], at;
    for (at = 1; at < signs.length; at++) pairs.push(signs[at - 1] + signs[at]);
    if (pairs.length <= PAIRS) some = pairs.slice();
    else for (at = 0; at < PAIRS; at++) some.push(pairs[Math.round(at * (pairs.length - 1) / (PAIRS - 1))]);
    var number = /([^0-9])([0-9]+)([^0-9])/u.exec(word);
    if (number) {
      var sign = String.fromCharCode(0xe000 + Math.min(number[2].length, 9));
      some.splice(1, 0, number[1] + sign, sign + number[3]);
    }
    return some;
  }

  // Where a word may occur: numbers of documents with how good each is.
  function occurrences(word, head) {
    var pairs = pairsOf(word);
    return Promise.all(pairs.map(function (pair) { return load("b" + shard(pair, head.shards)); })).then(function (found) {
      var lists = found.map(function (content, at) { return (content[pairs[at]] || "").split("|"); });
      var ranks = new Map();
      function all(which) { return common(lists.map(function (list) { return decode(list[which] || ""); })); }
      function rank(numbers, value) { numbers.forEach(function (number) { ranks.set(number, value); }); }
      var titles = all(1), first = decode(lists[0][2] || ""), last = decode(lists[lists.length - 1][3] || "");
      rank(all(0), TEXT);
      rank(all(4), INITIALS);
      rank(titles, TITLE_HAS);
      rank(common([titles, first]), TITLE_BEGINS);
      rank(common([titles, first, last]), TITLE_IS);
      return ranks;
    });
  }

  // All that may match, best first, of these the newest.
  function candidates(words, head) {
    return Promise.all(words.map(function (word) { return occurrences(word, head); })).then(function (found) {
      var hits = [];
      found[0].forEach(function (_, number) {
        var ranks = found.map(function (ranks) { return ranks.has(number) ? ranks.get(number) : 9; });
        var rank = Math.max.apply(null, ranks);
        if (rank < 9) hits.push({ number: number, rank: rank });
      });
      return hits.sort(function (a, b) { return a.rank - b.rank || b.number - a.number; });
    });
  }

  // A text as one reads it, sign by sign, and folded, with the place of each folded sign in it.
  function chart(text) {
    var signs = Array.from(text), folded = "", places = [];
    signs.forEach(function (sign, at) {
      var own = sign.replace(DROPPED, "") && (fold(sign) || plain(sign).replace(/[^ \t-\r.]/g, "|"));
      for (var i = 0; i < own.length; i++) places.push(at);
      folded += own;
    });
    var kept = "", left = [];
    folded.replace(GAP, function (found, sign) { return sign + "\0".repeat(found.length - sign.length); })
      .split("").forEach(function (unit, at) {
        if (unit === "\0") return;
        kept += /[|.\t-\r]/.test(unit) ? " " : unit;
        left.push(places[at]);
      });
    folded = kept;
    places = left;
    return { signs: signs, folded: folded, places: places };
  }

  // Which signs of a text belong to a match.
  function matches(charted, words) {
    var marked = [];
    words.forEach(function (word) {
      for (var at = charted.folded.indexOf(word); at >= 0; at = charted.folded.indexOf(word, at + 1)) {
        for (var sign = charted.places[at]; sign <= charted.places[at + word.length - 1]; sign++) marked[sign] = true;
      }
    });
    return marked;
  }

  function add(parent, name, text, style) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (style) element.className = style;
    return parent.appendChild(element);
  }

  function write(parent, charted, marked, start, end) {
    for (var at = start, next; at < end; at = next) {
      for (next = at + 1; next < end && marked[next] === marked[at];) next++;
      var piece = charted.signs.slice(at, next).join("");
      if (marked[at]) add(parent, "mark", piece);
      else parent.appendChild(document.createTextNode(piece));
    }
  }

  // A hit in the list, unless the words do not stand in it after all.
  function show(list, row, words) {
    var title = chart(row[3]), text = chart(row[7]), names = row[6], whole = row[8];
    var meant = words.every(function (word) {
      return !whole || (title.folded + " " + names + " " + text.folded).indexOf(word) >= 0;
    });
    if (!meant) return;
    var item = add(list, "li"), link = add(add(item, "h2"), "a");
    link.href = row[1];
    write(link, title, matches(title, words), 0, title.signs.length);
    var facts = add(item, "p", "", "card-meta");
    add(facts, "span", row[2], "kind");
    if (row[5]) add(facts, "span", row[5]);
    if (row[4]) add(facts, "time", row[4]);
    var marked = matches(text, words);
    var start = Math.max(0, (marked.indexOf(true) < 0 ? 0 : marked.indexOf(true)) - BEFORE);
    var end = Math.min(text.signs.length, start + AROUND), excerpt = add(item, "p", start ? "…" : "");
    write(excerpt, text, marked, start, end);
    if (end < text.signs.length || !whole) excerpt.appendChild(document.createTextNode("…"));
  }

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.getElementById("search"), field = form.elements.q, kinds = document.getElementById("search-kinds");
    var told = document.getElementById("search-count"), list = add(document.getElementById("hits"), "ol", "", "hits");
    var more = document.getElementById("search-more"), turn = 0, timer = 0, asked = null;

    function numberOf(kind, hits, head) {
      if (!kind) return hits;
      var own = new Set(decode(head.kinds[kind]));
      return hits.filter(function (hit) { return own.has(hit.number); });
    }

    function offer(hits, head, chosen, choose) {
      kinds.textContent = "";
      [""].concat(Object.keys(head.kinds)).forEach(function (kind) {
        var count = numberOf(kind, hits, head).length;
        if (!count) return;
        var button = add(kinds, "button", (kind || "全部") + " ");
        button.type = "button";
        button.setAttribute("aria-pressed", String(kind === chosen));
        add(button, "span", String(count));
        button.addEventListener("click", function () { choose(kind); });
      });
      kinds.hidden = !hits.length;
    }

    // Show some more hits: as many as a few files of words give.
    function proceed(hits, head, words, mine, again) {
      var files = [], batch = [];
      while (batch.length < hits.length && batch.length < BATCH) {
        var file = "d" + Math.floor(hits[batch.length].number / head.block);
        if (files.indexOf(file) < 0 && files.length === BLOCKS) break;
        if (files.indexOf(file) < 0) files.push(file);
        batch.push(hits[batch.length]);
      }
      return Promise.all(files.map(load)).then(function (found) {
        if (mine !== turn) return;
        var rows = {}, rest = hits.slice(batch.length);
        found.forEach(function (block) { block.forEach(function (row) { rows[row[0]] = row; }); });
        batch.forEach(function (hit) { if (rows[hit.number]) show(list, rows[hit.number], words); });
        var shown = list.children.length, about = rest.length && words.some(function (word) { return word.length > 2; });
        told.textContent = !shown && rest.length ? "较新的里面没有完全相符的，可以再往前找。" : shown
          ? "找到" + (about ? "至多" : "") + (shown + rest.length) + "条"
          : "没有找到“" + field.value.trim() + "”。可以少打几个字，或从下面的名单查找。";
        more.hidden = !rest.length;
        more.onclick = function () {
          var next = list.children.length;
          proceed(rest, head, words, mine).then(function () {
            if (list.children[next]) list.children[next].querySelector("a").focus();
          });
        };
        if (!shown && rest.length && !again) return proceed(rest, head, words, mine, true);
      });
    }

    function search(kind) {
      var text = field.value.trim(), mine = ++turn;
      var words = wordsOf(text);
      asked = text;
      try {
        history.replaceState(null, "", text ? "?q=" + encodeURIComponent(text) : location.pathname);
      } catch (e) { /* a browser that forbids it in a folder */ }
      function clear() { list.textContent = ""; more.hidden = true; }
      if (!words.length) {
        clear();
        kinds.hidden = true;
        told.textContent = text ? "请至少输入两个字。" : "";
        return Promise.resolve();
      }
      return load("index").then(function (head) {
        return candidates(words, head).then(function (hits) {
          if (mine !== turn) return;
          var own = numberOf(kind, hits, head);
          clear();
          offer(hits, head, kind, function (chosen) {
            search(chosen).then(function () { kinds.querySelector("[aria-pressed=true]").focus(); });
          });
          return proceed(own, head, words, mine);
        });
      }).catch(function () {
        if (mine === turn) told.textContent = "搜索没有完成，可能是网络不好。请再试一次。";
      });
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      search("");
    });
    field.addEventListener("input", function (event) {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(function () { if (field.value.trim() !== asked) search(""); }, 250);
    });
    field.addEventListener("compositionend", function () { field.dispatchEvent(new Event("input")); });
    document.addEventListener("keydown", function (event) {
      var links = [field].concat(Array.from(list.querySelectorAll("a"))), at = links.indexOf(document.activeElement);
      if (at < 0 || event.isComposing) return;
      var next = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : event.key === "Escape" ? 0 : -1;
      if (event.key === "Escape" && at === 0) {
        field.value = "";
        search("");
      }
      if (!links[next]) return;
      event.preventDefault();
      links[next].focus();
    });

    list.setAttribute("aria-label", "搜索结果");
    var given = /[?&]q=([^&]*)/.exec(location.search);
    if (given) {
      try { field.value = decodeURIComponent(given[1].replace(/\+/g, " ")); } catch (e) { /* not ours */ }
      search("");
    } else field.focus({ preventScroll: true });
  });
})();
