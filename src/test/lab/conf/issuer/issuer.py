"""issuer.py CERTIFICATES HOST PORT: answers OCSP questions at /ocsp (RFC 6960 appendix A) and hands out /root.crl."""
import http.server
import pathlib
import subprocess
import sys
import tempfile

CERTIFICATES = pathlib.Path(sys.argv[1])


def ocsp(question):
    with tempfile.TemporaryDirectory() as folder:
        asked, answer = pathlib.Path(folder, "question"), pathlib.Path(folder, "answer")
        asked.write_bytes(question)
        subprocess.run(["openssl", "ocsp", "-index", "index.txt", "-CA", "intermediate.pem", "-rsigner", "intermediate.pem",
                        "-rkey", "intermediate.key", "-ndays", "1", "-reqin", asked, "-respout", answer],
                       cwd=CERTIFICATES, check=True)
        return answer.read_bytes()


class Issuer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/root.crl":
            self.answer("application/pkix-crl", (CERTIFICATES / "root.crl").read_bytes())
        else:
            self.send_error(404)

    def do_POST(self):
        self.answer("application/ocsp-response", ocsp(self.rfile.read(int(self.headers["Content-Length"]))))

    def answer(self, kind, body):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer((sys.argv[2], int(sys.argv[3])), Issuer).serve_forever()
