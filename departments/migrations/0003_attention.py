import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0002_links'),
    ]

    operations = [
        migrations.CreateModel(
            name='AttentionSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes_a_week', models.PositiveSmallIntegerField(default=10, help_text='What checking changes may take. Whoever plans a change that asks for more is told; colleagues are not.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='minutes per person and week')),
            ],
            options={
                'verbose_name': 'Attention budget',
            },
        ),
    ]
