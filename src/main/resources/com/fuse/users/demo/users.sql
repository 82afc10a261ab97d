-- All names of a person are in one script. Most usernames come from the Latin spelling, as on real platforms.
create temporary table demo_names on commit drop as
select row_number() over () - 1 as no, names.*
from (values
    (array['Olivia', 'James', 'Amelia', 'Thomas', 'Grace', 'Samuel'],
     array['olivia', 'james', 'amelia', 'thomas', 'grace', 'samuel'],
     array['Whitfield', 'O''Brien', 'Harrison', 'Ashworth', 'Bell', 'Marsh-Taylor'],
     array['whitfield', 'obrien', 'harrison', 'ashworth', 'bell', 'marsh-taylor']),
    (array['Nneka', 'Kwame', 'Aisha', 'Tunde', 'Zanele', 'Sipho'],
     array['nneka', 'kwame', 'aisha', 'tunde', 'zanele', 'sipho'],
     array['Okafor', 'Mensah', 'Bello', 'Adeyemi', 'Dlamini', 'Nkosi'],
     array['okafor', 'mensah', 'bello', 'adeyemi', 'dlamini', 'nkosi']),
    (array['José', 'María Ángeles', 'Lucía', 'Íñigo', 'Begoña', 'Raúl'],
     array['jose', 'maria-angeles', 'lucia', 'inigo', 'begona', 'raul'],
     array['Muñoz', 'García Pérez', 'Ibáñez', 'Núñez', 'de la Peña', 'Cortés'],
     array['munoz', 'garcia', 'ibanez', 'nunez', 'delapena', 'cortes']),
    (array['Jürgen', 'Käthe', 'Sören', 'Zoë', 'François', 'Bjørn'],
     array['juergen', 'kaethe', 'soeren', 'zoe', 'francois', 'bjorn'],
     array['Weiß', 'Müller-Lüdenscheidt', 'Ångström', 'van ''t Hoff', 'Lefèvre', 'Ødegård'],
     array['weiss', 'mueller', 'angstrom', 'vanthoff', 'lefevre', 'odegard']),
    (array['Łukasz', 'Zdeněk', 'Ágnes', 'Şebnem', 'Đorđe', 'Dan'],
     array['lukasz', 'zdenek', 'agnes', 'sebnem', 'dorde', 'dan'],
     array['Wiśniewski', 'Dvořák', 'Szőke', 'Yıldız', 'Živković', 'Nguyễn'],
     array['wisniewski', 'dvorak', 'szoke', 'yildiz', 'zivkovic', 'nguyen']),
    (array['Мария', 'Олександр', 'Наталья', 'Дмитрий', 'Ирина', 'Богдан'],
     array['maria', 'oleksandr', 'natalya', 'dmitry', 'irina', 'bohdan'],
     array['Шевченко', 'Коваль', 'Бондаренко', 'Гончар', 'Литвин', 'Мельник'],
     array['shevchenko', 'koval', 'bondarenko', 'honchar', 'lytvyn', 'melnyk']),
    (array['Ελένη', 'Γιώργος', 'Σοφία', 'Νίκος', 'Δήμητρα', 'Ανδρέας'],
     array['eleni', 'giorgos', 'sofia', 'nikos', 'dimitra', 'andreas'],
     array['Ιωάννου', 'Χριστοδούλου', 'Γεωργίου', 'Κωνσταντίνου', 'Νικολάου', 'Παύλου'],
     array['ioannou', 'christodoulou', 'georgiou', 'konstantinou', 'nikolaou', 'pavlou']),
    (array['فاطمة', 'محمد', 'ليلى', 'يوسف', 'نور', 'عمر'],
     array['fatima', 'mohammed', 'layla', 'yusuf', 'noor', 'omar'],
     array['المصري', 'حداد', 'النجار', 'خوري', 'الشامي', 'منصور'],
     array['almasri', 'haddad', 'alnajjar', 'khoury', 'alshami', 'mansour']),
    (array['प्रिया', 'राहुल', 'अनन्या', 'विक्रम', 'सुनीता', 'अर्जुन'],
     array['priya', 'rahul', 'ananya', 'vikram', 'sunita', 'arjun'],
     array['शर्मा', 'पटेल', 'गुप्ता', 'वर्मा', 'थापा', 'जोशी'],
     array['sharma', 'patel', 'gupta', 'verma', 'thapa', 'joshi']),
    (array['伟', '秀英', '娜', '强', '静', '明'],
     array['wei', 'xiuying', 'na', 'qiang', 'jing', 'ming'],
     array['王', '李', '张', '刘', '陈', '欧阳'],
     array['wang', 'li', 'zhang', 'liu', 'chen', 'ouyang']),
    (array['さくら', '健太', '美咲', '大輔', '陽子', '翔'],
     array['sakura', 'kenta', 'misaki', 'daisuke', 'yoko', 'sho'],
     array['佐藤', '鈴木', '高橋', '田中', '渡辺', '小林'],
     array['sato', 'suzuki', 'takahashi', 'tanaka', 'watanabe', 'kobayashi']),
    (array['민준', '서연', '지훈', '수빈', '하은', '도윤'],
     array['minjun', 'seoyeon', 'jihoon', 'subin', 'haeun', 'doyun'],
     array['김', '이', '박', '최', '정', '강'],
     array['kim', 'lee', 'park', 'choi', 'jung', 'kang'])
) names (first_names, first_latin, last_names, last_latin);

insert into public.users (id, username, email, first_name, last_name, active, deactivated_at, created_at,
                          personal_data_removed_at)
select id,
       case
           when removed then 'removed-' || id
           when pg_temp.pick(id, 10, 20) = 0 then lower(replace(first_name || '.' || last_name, ' ', '')) || id
           else latin || id
       end,
       case
           when removed or pg_temp.pick(id, 11, 50) = 0 then null
           when pg_temp.pick(id, 12, 10) = 0 then initcap(latin) || id || '@Example.org'
           else latin || id || '@example.com'
       end,
       case when not removed then first_name end,
       case when not removed then last_name end,
       not inactive,
       case when inactive then deactivated_at end,
       pg_temp.moment(id, 13, 2000) - interval '4800 hours',
       case when removed then deactivated_at + interval '600 hours' end
from (
    select id,
           inactive,
           inactive and pg_temp.pick(id, 14, 5) = 0 as removed,
           pg_temp.moment(id, 15, 120) - interval '720 hours' as deactivated_at,
           first_names[first_no] as first_name,
           last_names[last_no] as last_name,
           first_latin[first_no] || '.' || last_latin[last_no] as latin
    from (
        select id,
               pg_temp.pick(id, 16, 12) as names_no,
               1 + pg_temp.pick(id, 17, 6) as first_no,
               1 + pg_temp.pick(id, 18, 6) as last_no,
               pg_temp.pick(id, 19, 100) < 3 as inactive
        from generate_series(1, pg_temp.users()) id
    ) drawn
    join demo_names on demo_names.no = names_no
) person
order by id;
