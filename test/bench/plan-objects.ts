import { planInstall, planUpgrade, readContent } from 'cdk8s-lifecycle/runner';

/* Prints how many milliseconds it takes to read so many objects, a third of them Deployments, and to plan their upgrade. */

const count = Number(process.argv[2]);

const deployment = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: main
          image: registry.example.com/${name}:1
          ports:
            - containerPort: 8080
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: db
                  key: password
          resources:
            requests:
              cpu: 100m
              memory: 64Mi
`;

const configMap = (name: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  name: ${name}
`;

const text = Array.from({ length: count }, (_, index) => (index % 3 === 0 ? deployment(`web-${index}`) : configMap(`settings-${index}`))).join('---\n');
const options = { release: 'web', namespace: 'shop' };

const started = performance.now();
const content = readContent([{ path: 'app.yaml', text }], 'shop');
const { record } = planInstall([], content, options);
const { apply } = planUpgrade([{ record: { ...record, info: { ...record.info, status: 'deployed' } }, labels: {} }], content, options);
const milliseconds = performance.now() - started;

if (apply.length !== count || apply.some(({ action }) => action !== 'none')) throw new Error('The plan is wrong');
console.log(milliseconds);
