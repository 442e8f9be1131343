"""Serves a program to Pulumi's engine as the Automation API serves inline programs, and prints the port."""

import os
import runpy
import sys
from concurrent.futures import ThreadPoolExecutor

import grpc
from pulumi.automation._server import LanguageServer
from pulumi.runtime.proto import language_pb2_grpc

main = os.path.abspath(sys.argv[1])
os.chdir(os.path.dirname(main))
server = grpc.server(ThreadPoolExecutor(max_workers=4))
language_pb2_grpc.add_LanguageRuntimeServicer_to_server(LanguageServer(lambda: runpy.run_path(main)), server)
print(server.add_insecure_port('127.0.0.1:0'), flush=True)
server.start()
server.wait_for_termination()
