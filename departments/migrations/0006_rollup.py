import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('departments', '0005_acting'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReadinessMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends_on', models.DateField()),
                ('needed', models.PositiveIntegerField()),
                ('ready', models.PositiveIntegerField()),
                ('previous', models.PositiveIntegerField()),
                ('not_counted', models.PositiveIntegerField()),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='departments.department')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.modulepage')),
            ],
        ),
        migrations.CreateModel(
            name='ReadinessRollup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('needed', models.PositiveIntegerField()),
                ('ready', models.PositiveIntegerField()),
                ('previous', models.PositiveIntegerField()),
                ('not_counted', models.PositiveIntegerField()),
                ('holds_from', models.DateField()),
                ('holds_until', models.DateField()),
                ('steps', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField()),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='departments.department')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.modulepage')),
            ],
        ),
        migrations.CreateModel(
            name='RollupMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='departments.department')),
                ('module', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.modulepage')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='readinessmonth',
            constraint=models.UniqueConstraint(fields=('department', 'module', 'ends_on'), name='departments_month_once'),
        ),
        migrations.AddConstraint(
            model_name='readinessrollup',
            constraint=models.UniqueConstraint(fields=('department', 'module'), name='departments_rollup_once'),
        ),
    ]
