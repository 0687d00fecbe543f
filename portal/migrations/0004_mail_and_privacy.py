import datetime
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0003_language'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=False, help_text='Nobody is told of anything that was due before this was switched on.', verbose_name='send mails about what is due')),
                ('switched_on_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('earliest', models.TimeField(default=datetime.time(8, 0), verbose_name='not before')),
                ('latest', models.TimeField(default=datetime.time(17, 0), verbose_name='not after')),
                ('on_weekends', models.BooleanField(default=False, verbose_name='on Saturdays and Sundays, too')),
                ('heads_on', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday')], default=0, verbose_name='heads get their week on')),
                ('most_tries', models.PositiveSmallIntegerField(default=8, validators=[django.core.validators.MaxValueValidator(50)], verbose_name='how often a mail is tried')),
            ],
            options={
                'verbose_name': 'Mails',
            },
        ),
        migrations.CreateModel(
            name='PrivacySettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer_months', models.PositiveSmallIntegerField(default=24, help_text='Then what was answered is deleted; dates, and what moved them, stay.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='months for which answers are kept')),
                ('leaver_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1)], verbose_name='months after which a leaver loses her name')),
            ],
            options={
                'verbose_name': 'Privacy',
            },
        ),
        migrations.AddField(
            model_name='user',
            name='anonymised_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='invited_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='wants_digest',
            field=models.BooleanField(default=True, verbose_name='mail me what is due'),
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('digest', 'What is due'), ('heads-week', "A head's week"), ('now', 'At once')], max_length=16)),
                ('reasons', models.JSONField(default=list)),
                ('subject', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('refused', 'Refused by the mail server'), ('given-up', 'Given up'), ('dropped', 'No longer needed')], default='waiting', max_length=16)),
                ('made_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('trouble', models.CharField(blank=True, max_length=200)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mails', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('made_at', 'pk'),
                'indexes': [models.Index(fields=['state', 'next_try_at'], name='portal_mail_by_state'), models.Index(fields=['person', 'made_at'], name='portal_mail_by_person')],
            },
        ),
        migrations.CreateModel(
            name='PersonView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('what', models.CharField(max_length=200)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='views_of_her', to=settings.AUTH_USER_MODEL)),
                ('viewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['person', '-at'], name='portal_views_of_person')],
            },
        ),
    ]
