// The shop of shop.ts, in Go.
package main

import (
	"github.com/aws/jsii-runtime-go"
	lifecycle "github.com/cdk8s-lifecycle/cdk8s-lifecycle-go/cdk8slifecycle"
	"github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2"
	kplus "github.com/cdk8s-team/cdk8s-plus-go/cdk8splus27/v2"
)

func main() {
	app := cdk8s.NewApp(nil)
	chart := cdk8s.NewChart(app, jsii.String("shop"), nil)

	login := kplus.Secret_FromSecretName(chart, jsii.String("login"), jsii.String("shop-db"))
	postgres := lifecycle.Database_Postgres(&lifecycle.PostgresProps{
		Host:     jsii.String("postgres"),
		Name:     jsii.String("shop"),
		User:     jsii.String("shop"),
		Password: &kplus.SecretValue{Secret: login, Key: jsii.String("password")},
	})
	backup := lifecycle.NewBackupHook(chart, jsii.String("backup"), &lifecycle.BackupHookProps{
		Database:    postgres,
		Destination: kplus.PersistentVolumeClaim_FromClaimName(chart, jsii.String("dumps"), jsii.String("shop-dumps")),
		Keep:        jsii.Number(14),
	})
	migrate := lifecycle.NewMigrationHook(chart, jsii.String("migrate"), &lifecycle.MigrationHookProps{
		Image:    jsii.String("shop:2.4.0"),
		Database: postgres,
		Tool:     lifecycle.Migration_Alembic(&lifecycle.MigrationOptions{Path: jsii.String("/app/alembic.ini")}),
		Timeout:  cdk8s.Duration_Minutes(jsii.Number(3)),
		WaitFor:  &[]lifecycle.WaitFor{lifecycle.WaitFor_Postgres(postgres, nil)},
		Env:      &map[string]kplus.EnvValue{"LOG_LEVEL": kplus.EnvValue_FromValue(jsii.String("debug"))},
	})
	migrate.ProtectedBy(backup)

	lifecycle.NewHealthCheckHook(chart, jsii.String("healthy"), &lifecycle.HealthCheckHookProps{
		Tcp: &lifecycle.TcpAddress{Host: jsii.String("shop"), Port: jsii.Number(8080)},
		On:  &[]lifecycle.HookEvent{lifecycle.HookEvent_POST_UPGRADE},
	})
	settings := kplus.NewConfigMap(chart, jsii.String("settings"), &kplus.ConfigMapProps{Data: &map[string]*string{"colour": jsii.String("blue")}})
	settings.With(lifecycle.HelmHook_PreUpgrade(&lifecycle.HelmHookOptions{
		DeletePolicies: &[]lifecycle.DeletePolicy{lifecycle.DeletePolicy_BEFORE_HOOK_CREATION, lifecycle.DeletePolicy_HOOK_SUCCEEDED},
		Weight:         jsii.Number(-5),
	}))

	app.Synth()
}
