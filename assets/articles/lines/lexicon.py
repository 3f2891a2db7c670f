"""Words that boilerplate says about itself, by kind of boilerplate and across the languages of the news pages.

Folded to lower case; a word may serve several kinds.  A language without words here still has shape, place and
neighbours to go by.
"""

from assets.text.languages.bylines import BY
from assets.text.languages.calendar import long_names, names
from assets.text.languages.page_words import words_of_kind

# The words that the model of lines was trained with, collected from news pages in the languages named in the comments.
_TRAINED: dict[str, str] = {
    "month": " ".join(sorted(long_names("month") | set(names("month", "en")))),
    # en de fr es it pt nl da no sv pl cs fi tr ru uk ja zh ko
    "clock": (
        "am pm est edt pst pdt gmt utc cet cest bst ist uhr monday tuesday wednesday thursday friday saturday sunday mon"
        " tue wed thu fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonntag published posted updated"
        " modified ago min mins minute minutes minuten hours stunden read lesezeit lesedauer lecture lectura stand aktualisiert"
        " veröffentlicht erstellt publié mis jour publicado actualizado pubblicato aggiornato gepubliceerd publisert oppdatert"
        " publicerad uppdaterad udgivet opdateret opublikowano aktualizacja publikováno güncelleme yayınlanma опубликовано"
        " обновлено公開 更新 配信 入力 発行 입력 수정 发布"
    ),
    "byline": (
        f"{' '.join(sorted(BY))} author authors autor autorin autore auteur reporter correspondent editor"
        " editorial staff writer writers redakteur redakteurin redaktion redaktør redactie rédaction redacción redazione"
        " journalist journaliste korrespondent korrespondentin contributor columnist kolumnist written words story bureau"
        " desk agencies автор редакция muhabir 記者 기자 记者 文"
    ),
    "picture": (
        "photo photos photograph photographer photography image images picture pictured pictures getty shutterstock alamy"
        " imago istock unsplash reuters afp ap epa efe dpa ansa xinhua keystone ritzau scanpix bloomberg via courtesy"
        " credit caption illustration graphic handout file foto fotos bild bilder bildquelle symbolbild archivbild archiv"
        " picture-alliance alliance picturealliance fotografie crédit imagen fotografía immagine zdjęcie fot źródło zdroj"
        " fotograf fotoğraf фото зображення kuva 写真 提供 사진 图片 © video screenshot youtube wikimedia commons instagram"
    ),
    "newsletter": (
        "newsletter newsletters subscribe subscribed subscriber subscribers subscription subscriptions sign signup inbox"
        " unsubscribe email e-mail register registered account login log-in logged premium trial offer offers unlock"
        " abonnieren abonnement abonnements abo abonnenten anmelden anmeldung registrieren kostenlos testen jetzt"
        " abonnez-vous abonnez abonnés abonné inscrivez inscription connexion suscríbete suscríbase suscripción boletín"
        " suscriptores iscriviti abbonati abbonamento registrati assine inscreva nyhetsbrev nyhedsbrev abonnent prenumerera"
        " logga nieuwsbrief abonneer inloggen zapisz prenumerata subskrypcja odběr přihlásit předplatné abone подписаться"
        " подпишитесь підписатися 登録 会員 ログイン 購読 メルマガ 구독 订阅 donate donation support member membership app download"
    ),
    "share": (
        "share shares shared facebook twitter whatsapp linkedin reddit pinterest telegram tumblr messenger flipboard"
        " instagram tiktok youtube threads bluesky mastodon xing print copy link url follow bookmark save saved gift tweet"
        " teilen drucken merken kopieren folgen versenden compartir compartilhar enviar imprimir síguenos seguir partager"
        " imprimer envoyer copier suivez condividi stampa seguici delen deel volg del kopier dela kopiera udostępnij sdílet"
        " paylaş takip поделиться поділитися google シェア 공유 分享 rss feed podcast listen audio"
    ),
    "advertisement": (
        "advertisement advertisements advertising advert ad ads sponsored promoted promotion partner anzeige anzeigen"
        " werbung publicidad publicité pubblicità publicidade advertentie annonce annonsørinnhold annons reklama reklame"
        " reklam реклама 広告 광고 广告 continues skip shop coupons deals"
    ),
    "related": (
        "more related recommended recommendations popular trending latest headlines next previous read also see topics topic"
        " tags tag tagged filed categories category stories articles mehr weitere auch lesen themen thema schlagworte"
        " meistgelesen ähnliche artikel beliebt aktuelle neueste interessant passend plus lire aussi voir articles sujets"
        " thématiques relacionados relacionadas noticias más leídas temas leer también etiquetas leggi anche correlati altri"
        " articoli argomenti leia mais lees ook meer onderwerpen læs også mere emner les mer saker flere läs mer också"
        " ämnen czytaj także więcej tematy zobacz čtěte další témata více daha fazla ilgili haberler читайте также теги темы"
        " новости 関連 記事 一覧 ランキング 続き 관련 기사 뉴스 相关 推荐 watch videos explore discover everything know faq takeaways"
    ),
    "comments": (
        "comment comments commenting conversation discussion reply replies feedback kommentar kommentare kommentieren"
        " diskussion diskutieren leserbrief forum commentaire commentaires réagir comentario comentarios comentar commenti"
        " commenta comentários reacties reageer kommentarer komentarze skomentuj komentáře diskuze yorum yorumlar комментарии"
        " комментировать коментарі コメント 댓글 评论"
    ),
    "legal": (
        "copyright rights reserved terms privacy policy cookie cookies conditions contact careers disclaimer disclosure"
        " accessibility sitemap impressum datenschutz nutzungsbedingungen agb rechte vorbehalten kontakt barrierefreiheit"
        " haftung mentions légales droits réservés confidentialité contacter derechos reservados privacidad aviso condiciones"
        " contacto diritti riservati contatti direitos privacidade rechten voorbehouden rettigheter rettigheder"
        " personvern villkor integritet prawa zastrzeżone regulamin prywatności práva vyhrazena hakları saklıdır права"
        " защищены 無断転載 著作権 利用規約 저작권 版权 affiliate commission gdpr consent ltd inc llc gmbh publishing corporation"
    ),
    "credit": (
        "reporting reported editing edited writing compiled additional contributed translated contributions redigierte"
        " quelle source fuente fonte kilde źródło inputs input mit material press agency agence agentur contributing"
    ),
}

LEXICON = {kind: f"{trained} {words_of_kind(kind)}" for kind, trained in _TRAINED.items()}
KINDS = tuple(LEXICON)
